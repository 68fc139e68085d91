package dev.bellhop.bench.micro;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.bellhop.api.ObjectName;
import dev.bellhop.bench.stage.Push;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.intercept.Decision;
import dev.bellhop.engine.trigger.CompiledTrigger;
import org.openjdk.jmh.annotations.Benchmark;

/// A Trigger's decision about a parsed push: signature, type of event, and a CEL filter that says no.
public class DecideBenchmark extends Benchmarks {
    private final Event event = Sample.event();
    private final byte[] body = event.body().bytes();
    private final Mac mac = mac();
    private final CompiledTrigger signed = Sample.trigger(new ObjectName("team", "push"),
            """
                    interceptors:
                    - ref: {name: github}
                      params:
                      - {name: secretRef, value: {secretName: github, secretKey: token}}
                      - {name: eventTypes, value: [push]}
                    - ref: {name: cel}
                      params: [{name: filter, value: "body.ref == 'refs/heads/master' && body.repository.full_name == 'nobody/nothing'"}]
                    template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {generateName: push-}}]}}
                    """);
    private final CompiledTrigger filtered = Sample.wanting("nobody/nothing", 1);

    @Benchmark
    public Decision signatureAndFilter() {
        return signed.decide(event, Sample.SECRETS);
    }

    @Benchmark
    public Decision filterAlone() {
        return filtered.decide(event, Sample.SECRETS);
    }

    @Benchmark
    public byte[] baselineMac() {
        return mac.doFinal(body);
    }

    private static Mac mac() {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Push.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}

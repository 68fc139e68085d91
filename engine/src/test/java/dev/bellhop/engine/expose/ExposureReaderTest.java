package dev.bellhop.engine.expose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.api.ExposeSpec;
import dev.bellhop.engine.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExposureReaderTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            host: a.example.com                                             | https://a.example.com
            {host: a.example.com, path: /}                                  | https://a.example.com
            {host: a.example.com, path: /echo}                              | https://a.example.com/echo
            {host: a.example.com, path: /team-a/echo/}                      | https://a.example.com/team-a/echo
            {host: a.example.com, ingress: {}}                              | http://a.example.com
            {host: a.example.com, ingress: {tls: {acme: true}}}             | https://a.example.com
            {host: a.example.com, ingress: {tls: {secretName: cert}}}       | https://a.example.com
            {host: a.example.com, scheme: https, ingress: {}}               | https://a.example.com
            {host: a.example.com, httpRoute: {parentRefs: [{name: main}]}}  | https://a.example.com
            {host: a.example.com, ingress: {gateway: nginx, cors: true, basicAuthSecret: users}} | http://a.example.com
            """)
    void givesTheUrlThatSendersUse(String yaml, String url) throws JsonProcessingException {
        assertThat(read(yaml)).isInstanceOfSatisfying(ExposureReader.Read.Sound.class,
                sound -> assertThat(sound.exposure().url()).isEqualTo(url));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            path: /echo                                       | spec.expose.host '' must be a name
            host: https://a.example.com                       | spec.expose.host 'https://a.example.com' must be a name
            host: a.example.com:8080                          | spec.expose.host
            host: A.example.com                               | spec.expose.host
            host: "*.example.com"                             | spec.expose.host
            host: 10.0.0.1                                    | spec.expose.host
            {host: a.example.com, path: echo}                 | spec.expose.path 'echo' must be / or such as /echo
            {host: a.example.com, path: //echo}               | spec.expose.path
            {host: a.example.com, path: /a/../b}              | spec.expose.path
            {host: a.example.com, path: /a%2fb}               | spec.expose.path
            {host: a.example.com, path: "/a?b"}               | spec.expose.path
            {host: a.example.com, path: /listeners}           | is taken: the listener has its EventListeners under /listeners
            {host: a.example.com, path: /listeners/x/y}       | is taken
            {host: a.example.com, scheme: ftp}                | spec.expose.scheme 'ftp' must be https or http
            {host: a.example.com, ingress: {}, httpRoute: {parentRefs: [{name: main}]}}    | exclude each other
            {host: a.example.com, ingress: {gateway: envoy}}  | spec.expose.ingress.gateway 'envoy' must be nginx
            {host: a.example.com, ingress: {tls: {}}}         | spec.expose.ingress.tls needs secretName, or acme: true
            {host: a.example.com, ingress: {tls: {acme: true, secretName: cert}}}          | acme and secretName exclude each other
            {host: a.example.com, ingress: {tls: {secretName: other/cert}}}                | the same namespace
            {host: a.example.com, ingress: {gateway: nginx, basicAuthSecret: other/users}} | the same namespace
            {host: a.example.com, ingress: {gateway: kong, basicAuthSecret: users}}        | konghq.com/plugins
            {host: a.example.com, ingress: {gateway: traefik, basicAuthSecret: users}}     | router.middlewares
            {host: a.example.com, ingress: {gateway: traefik, cors: true}}                 | spec.expose.ingress.cors has no effect
            {host: a.example.com, ingress: {basicAuthSecret: users}}                       | say which gateway it is
            {host: a.example.com, ingress: {annotations: {nginx.ingress.kubernetes.io/server-snippet: x}}} | may not be written here
            {host: a.example.com, ingress: {annotations: {nginx.ingress.kubernetes.io/server-alias: x}}}   | may not be written here
            {host: a.example.com, ingress: {labels: {app.kubernetes.io/managed-by: me}}}   | may not be written here
            {host: a.example.com, httpRoute: {}}                                           | names no Gateway
            {host: a.example.com, httpRoute: {parentRefs: [{namespace: x}]}}               | parentRefs[0].name is missing
            """)
    void saysWhatIsWrong(String yaml, String why) throws JsonProcessingException {
        assertThat(read(yaml)).isInstanceOfSatisfying(ExposureReader.Read.Broken.class,
                broken -> assertThat(broken.problems()).extracting(Problem::message).singleElement().asString()
                        .contains(why));
    }

    @Test
    void saysAllThatIsWrongAtOnce() throws JsonProcessingException {
        assertThat(read("{path: echo, ingress: {gateway: kong, cors: true, tls: {}}}"))
                .isInstanceOfSatisfying(ExposureReader.Read.Broken.class, broken -> assertThat(
                        broken.problems().stream().map(Problem::message).collect(Collectors.joining()))
                        .contains("spec.expose.host", "spec.expose.path", "ingress.tls", "ingress.cors"));
    }

    private static ExposureReader.Read read(String yaml) throws JsonProcessingException {
        return ExposureReader.read(YAML.readValue(yaml, ExposeSpec.class));
    }
}

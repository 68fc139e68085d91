package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.cluster.InstalledCluster;
import dev.bellhop.listener.PostOffice.Door;
import dev.bellhop.listener.broker.Certificates;
import dev.bellhop.listener.record.Ending;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// E-mail, to a mail server that speaks SMTP.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class EmailIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LOGIN = "user: ann, passwordSecret: {secretName: mail, secretKey: password}";
    private static final String CA = "caSecret: {secretName: mail, secretKey: ca}";
    @TempDir
    static Path directory;
    private static InstalledCluster cluster;
    private static RunningListener listener;
    private static Sender sender;
    private static Certificates authority;
    private static PostOffice starttls;
    private static PostOffice tls;
    private static PostOffice plain;
    private static PostOffice elsewhere;

    private Team team;

    @SuppressWarnings("unused")
    EmailIT(ApiServer server) {}

    @BeforeParameterizedClassInvocation
    static void start(ApiServer server) throws Exception {
        var own = Files.createDirectories(directory.resolve(server.name()));
        authority = new Certificates(own);
        var certificate = authority.sign("mail", "localhost");
        starttls = new PostOffice(Door.STARTTLS_AND_LOGIN, certificate);
        tls = new PostOffice(Door.TLS_AND_LOGIN, certificate);
        plain = new PostOffice(Door.PLAIN, certificate);
        elsewhere = new PostOffice(Door.STARTTLS_AND_LOGIN, authority.sign("elsewhere", "mail.example.com"));
        cluster = new InstalledCluster(server);
        listener = RunningListener.startAllowing(
                List.of(starttls.url(), tls.url(), plain.url(), elsewhere.url()),
                cluster.shipped("bellhop-listener"), own.resolve("journal"));
        sender = new Sender();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        sender.close();
        listener.close();
        cluster.close();
        List.of(starttls, tls, plain, elsewhere).forEach(PostOffice::close);
    }

    @BeforeEach
    void aTeam() {
        List.of(starttls, tls, plain, elsewhere).forEach(PostOffice::clear);
        team = Team.in(cluster);
        team.listener("shared");
        team.create("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: reader, namespace: NS}
                rules: [{apiGroups: [""], resources: [secrets], resourceNames: [mail], verbs: [get]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: reader, namespace: NS}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
                subjects: [{kind: ServiceAccount, name: maker, namespace: NS}]
                """);
        secret("s3cret");
    }

    @Test
    void isSentWithStarttlsAsAUserToAllRecipients() throws Exception {
        mail(starttls, LOGIN, CA);
        assertThat(ending("Größe\r\nBcc: eve@example.com")).isInstanceOfSatisfying(Ending.Created.class,
                created -> assertThat(created.objects()).singleElement().satisfies(sent -> assertThat(sent.shortName())
                        .isEqualTo("sent message to 2 recipients by smtp://localhost:" + starttls.port())));
        assertThat(starttls.logins()).containsExactly("ann");
        assertThat(starttls.received()).hasSize(1);
        var mail = starttls.received().getFirst();
        assertThat(mail.to()).containsExactly("bob@example.com", "carol@example.com");
        assertThat(mail.from()).isEqualTo("bellhop@example.com");
        assertThat(mail.message().getSubject()).isEqualTo("built Größe Bcc: eve@example.com");
        assertThat(mail.message().getHeader("Bcc")).isNull();
        assertThat(mail.header("From")).isEqualTo("Bellhop <bellhop@example.com>");
        assertThat(mail.text()).isEqualTo("It is Größe\r\nBcc: eve@example.com.");
        assertThat(mail.header("Message-ID")).matches("<[0-9a-f]{32}@bellhop.dev>");
        assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
    }

    @Test
    void isSentOverAConnectionThatIsEncryptedFromTheBeginning() {
        mail(tls, "tls: tls", LOGIN, CA);
        assertThat(ending("x")).isInstanceOf(Ending.Created.class);
        assertThat(tls.received()).hasSize(1);
        assertThat(tls.logins()).containsExactly("ann");
    }

    @Test
    void isSentInTheClearOnlyWhenThatIsWritten() {
        mail(plain, "tls: none");
        assertThat(ending("x")).isInstanceOf(Ending.Created.class);
        assertThat(plain.received()).hasSize(1);
    }

    @Test
    void nothingIsToldToAServerThatCannotEncrypt() {
        mail(plain, LOGIN, CA);
        assertThat(ending("x").detail()).contains("did not take the mail", "STARTTLS is required");
        assertThat(plain.received()).isEmpty();
        assertThat(plain.logins()).isEmpty();
    }

    @Test
    void aServerThatNobodyVouchesForIsNotTalkedTo() {
        mail(starttls, LOGIN);
        assertThat(ending("x").detail()).contains("did not take the mail", "certification path");
        assertThat(starttls.logins()).isEmpty();
    }

    @Test
    void aServerThatIsAnotherIsNotTalkedTo() {
        mail(elsewhere, LOGIN, CA);
        assertThat(ending("x").detail()).contains("did not take the mail", "localhost");
        assertThat(elsewhere.logins()).isEmpty();
    }

    @Test
    void aWrongPasswordIsToldAndNeverShown() {
        secret("wr0ng");
        mail(starttls, LOGIN, CA);
        assertThat(ending("x").detail()).contains("refused the mail", "the user or the password")
                .doesNotContain("wr0ng");
        assertThat(starttls.received()).isEmpty();
    }

    @Test
    void whatIsRefusedForNowIsTriedAgainWithTheSameId() {
        create("retry: {maxAttempts: 3, delay: 20ms, factor: 1}", plain, "tls: none", "to: [bob@example.com]");
        plain.refuse(451, "try later");
        assertThat(ending("x")).isInstanceOf(Ending.Created.class);
        assertThat(plain.received()).hasSize(1);
        assertThat(plain.offered()).hasSize(2);
        assertThat(plain.offered().getFirst()).isEqualTo(plain.offered().getLast());
    }

    @Test
    void whatIsRefusedForGoodIsGivenUp() {
        create("retry: {maxAttempts: 3, delay: 20ms, factor: 1}", plain, "tls: none", "to: [bob@example.com]");
        plain.refuse(550, "no such mailbox");
        assertThat(ending("x").detail()).contains("refused the mail: 550", "no such mailbox")
                .doesNotContain("given up after");
    }

    @Test
    void anAddressIsOneAddress() {
        create("", plain, "tls: none", "to: [\"${{ body.what }}\"]");
        assertThat(ending("bob@example.com, eve@example.com").detail()).contains("is not one e-mail address");
        assertThat(plain.received()).isEmpty();
    }

    @Test
    void isSentOnlyWhereTheAdminLetsIt() {
        create("", "{host: mail.example.com, from: a@example.com, to: [b@example.com], subject: s}");
        assertThat(ending("x").detail())
                .contains("the admin does not allow smtp://mail.example.com:587/ (--action-url of the listener)");
    }

    private void secret(String password) {
        cluster.admin().resource(new SecretBuilder().withNewMetadata().withNamespace(team.namespace()).withName("mail")
                .endMetadata().withStringData(Map.of("password", password + "\n", "ca", authority.authority())).build())
                .serverSideApply();
    }

    private void mail(PostOffice office, String... fields) {
        create("retry: {maxAttempts: 1}", office, String.join(", ", fields),
                "to: [bob@example.com, Carol <carol@example.com>]");
    }

    private void create(String policy, PostOffice office, String fields, String to) {
        create(policy, """
                {host: localhost, port: %d, %s, from: Bellhop <bellhop@example.com>, %s,
                            subject: "built ${{ body.what }}", text: "It is ${{ body.what }}."}
                """.formatted(office.port(), fields, to).strip());
    }

    private void create(String policy, String email) {
        team.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: Trigger
                metadata: {name: mail, namespace: NS}
                spec:
                  serviceAccountName: maker
                  %s
                  actions:
                  - notify:
                      email: %s
                """.formatted(policy, email));
        await().atMost(PATIENCE).until(() -> listener.serves(team.namespace(), "mail"));
    }

    private Ending ending(String what) {
        var url = listener.url(team.namespace(), "shared") + "/" + team.namespace() + "?name=mail";
        var event = sender.post(url, "{\"what\": \"" + what.replace("\r\n", "\\r\\n") + "\"}").eventId();
        await().atMost(PATIENCE).until(
                () -> listener.endingsOf(event).stream().anyMatch(one -> !(one instanceof Ending.Retrying)));
        return listener.endingsOf(event).getLast();
    }
}

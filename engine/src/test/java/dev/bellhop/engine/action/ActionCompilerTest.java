package dev.bellhop.engine.action;

import static dev.bellhop.engine.action.Given.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionCompilerTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{name: a}]                                              | spec.actions[0] says nothing to do: write one of kubernetes,
            [{log: {}, http: {url: 'http://x'}}]                     | spec.actions[0] has http and log: write an action for each
            [{name: a, log: {}}, {name: a, log: {}}]                 | spec.actions[1].name 'a' is taken
            [{when: body.x ==, log: {}}]                             | spec.actions[0].when 'body.x ==' does not compile at 1:
            [{when: "a ${{ true }}", log: {}}]                       | spec.actions[0].when 'a ${{ true }}' does not compile
            [{forEach: nobody.x, log: {}}]                           | spec.actions[0].forEach 'nobody.x' does not compile
            [{log: {message: "${{ each. }}"}}]                       | spec.actions[0].log.message 'each.' does not compile
            [{notify: {email: {host: h, from: a@b, to: [], text: t}}}]       | spec.actions[0].notify.email.to is empty
            [{notify: {email: {host: h, from: a@b, to: [c@d]}}}]             | spec.actions[0].notify.email says nothing
            [{notify: {email: {host: h, from: a@b, to: [c@d], text: t, user: u}}}] | spec.actions[0].notify.email has one of user and passwordSecret
            [{notify: {email: {host: h, from: a@b, to: [c@d], text: t, tls: none, user: u, passwordSecret: {secretName: s, secretKey: k}}}}] | spec.actions[0].notify.email.tls none would send the password
            [{notify: {email: {host: h, port: 70000, from: a@b, to: [c@d], text: t}}}] | spec.actions[0].notify.email.port 70000 must be from 1 to 65535
            [{name: a, kubernetes: {prune: true, object: {apiVersion: v1, kind: A, metadata: {}}}}] | spec.actions[0].kubernetes.prune needs forEach
            [{name: a, forEach: '[1]', when: 'true', kubernetes: {prune: true, object: {apiVersion: v1, kind: A, metadata: {}}}}] | spec.actions[0].kubernetes.prune needs forEach, and no when
            [{forEach: '[1]', kubernetes: {prune: true, object: {apiVersion: v1, kind: A, metadata: {}}}}] | spec.actions[0].name is missing: prune
            [{name: a, forEach: '[1]', kubernetes: {prune: true, object: '${{ each }}'}}] | spec.actions[0].kubernetes.object: prune needs apiVersion and kind written out
            [{kubernetes: {pruneBy: x, object: {apiVersion: v1, kind: A, metadata: {}}}}] | spec.actions[0].kubernetes.pruneBy is of no use without prune
            [{log: {message: "${{ body.x"}}]                         | spec.actions[0].log.message: '${{ body.x' is not closed
            [{log: {message: "${{ body.x.compareSecret('a', 'b') }}"}}] | asks for a Secret with compareSecret
            [{log: {intervalSeconds: -1}}]                           | spec.actions[0].log.intervalSeconds -1 must be from 0
            [{whenFalse: delete, when: "true", log: {}}]             | spec.actions[0].whenFalse: only an action of kind kubernetes
            [{whenFalse: remove, log: {}}]                           | spec.actions[0].whenFalse 'remove' must be skip or delete
            [{kubernetes: {}}]                                       | spec.actions[0].kubernetes.object is missing
            [{kubernetes: {object: {kind: A, metadata: {}}}}]        | spec.actions[0].kubernetes.object.apiVersion is missing
            [{kubernetes: {object: text}}]                           | spec.actions[0].kubernetes.object must be an object
            [{kubernetes: {operation: destroy, object: "${{ body }}"}}] | kubernetes.operation 'destroy' must be one of apply, create,
            [{kubernetes: {operation: patch, object: "${{ body }}", patch: {type: json, data: {}}}}] | kubernetes.patch.data must be a list
            [{kubernetes: {operation: apply, object: "${{ body }}", patch: {}}}] | kubernetes.patch is of no use: operation is apply
            [{kubernetes: {object: {apiVersion: v1, kind: A, metadata: {name: a}, spec: {rules: ["${{ body. }}"]}}}}] | spec.actions[0].kubernetes.object.spec.rules[0] 'body.' does not compile
            [{http: {}}]                                             | spec.actions[0].http.url is missing
            [{http: {url: 'ftp://x'}}]                               | spec.actions[0].http.url 'ftp://x' must be an http or https URL
            [{http: {url: 'http://a:b@x/'}}]                         | spec.actions[0].http.url holds a user
            [{http: {url: 'http://x', timeout: 2m}}]                 | spec.actions[0].http.timeout '2m' must be from 1s to 60s
            [{http: {url: 'http://x', method: get}}]                 | spec.actions[0].http.method 'get' must be
            [{http: {url: 'http://x', headers: {'a b': c}}}]         | spec.actions[0].http.headers 'a b' cannot be the name
            [{http: {url: 'http://x', auth: {}}}]                    | spec.actions[0].http.auth is empty
            [{http: {url: 'http://x', auth: {bearer: {secretName: a}}}}] | spec.actions[0].http.auth.bearer.secretKey is missing
            [{notify: {}}]                                           | spec.actions[0].notify says nothing: write one of slack,
            [{notify: {slack: {text: a}}}]                           | spec.actions[0].notify.slack says nothing: write one of webhook, token
            [{notify: {telegram: {token: {secretName: a, secretKey: b}, text: a}}}] | spec.actions[0].notify.telegram.chatId is missing
            [{notify: {dingtalk: {text: a}}}]                        | spec.actions[0].notify.dingtalk.webhook is missing
            [{job: {}}]                                              | spec.actions[0].job.image is missing
            [{job: {image: a, restartPolicy: Always}}]               | spec.actions[0].job.restartPolicy 'Always' must be one of Never, OnFailure
            [{function: {}}]                                         | spec.actions[0].function.selector is empty
            [{bumpApplicationRevision: {nameSelector: {}}}]          | nameSelector says nothing: write one of fromLabel, matchingLabels
            [{recordEvent: {limit: 0}}]                              | spec.actions[0].recordEvent.limit 0 must be from 1 to 100
            [{workflow: {operation: retry}}]                         | retry is done by Argo's server
            [{workflow: {}}]                                         | spec.actions[0].workflow says nothing: write one of source, from
            [{workflow: {operation: stop}}]                          | spec.actions[0].workflow.name is missing
            [{cloudEvent: {url: 'http://x', mode: batch}}]           | spec.actions[0].cloudEvent.mode 'batch' must be one of
            [{cloudEvent: {url: 'http://x', extensions: {A: b}}}]    | spec.actions[0].cloudEvent.extensions 'A' must be
            [{plugin: {}}]                                           | spec.actions[0].plugin says nothing: write one of type, url
            [{plugin: {type: no-such}}]                              | plugin.type 'no-such' is no action that a plug-in brings; there is lamp
            [{plugin: {type: lamp, spec: {}}}]                       | spec.actions[0].plugin.spec room is missing
            [{exec: {}}]                                             | spec.actions[0].exec.command is empty
            [{http: {url: 'http://x', successCodes: [99]}}]          | spec.actions[0].http.successCodes 99 is no final status
            """)
    void saysWhatIsWrongAndWhere(String actions, String problem) {
        assertThat(problems(actions)).singleElement().asString().contains(problem);
    }

    @Test
    void tellsEverythingTogether() {
        assertThat(problems("""
                - {when: body., log: {message: "${{ header. }}"}}
                - {http: {url: "http://x/${{ nobody }}"}}
                """)).hasSize(3);
    }

    @Test
    void whatOnlyAnEventGivesIsLeftAlone() {
        assertThat(problems("""
                - kubernetes:
                    operation: "${{ body.verb }}"
                    object: "${{ body.object }}"
                    patch: {type: json, data: "${{ body.ops }}"}
                - plugin: {type: lamp, spec: {room: "${{ body.room }}"}}
                - http: {url: "${{ body.url }}", method: "${{ body.method }}", timeout: "${{ body.timeout }}"}
                """)).isEmpty();
    }

    @Test
    void onlyTheActionsOfADeadLetterSeeWhyTheDeliveryIsGivenUp() {
        var action = "[{log: {message: '${{ failure.message }} ${{ string(failure.attempts) }}'}}]";
        assertThat(problems(action)).isNotEmpty().allSatisfy(problem -> assertThat(problem)
                .contains("spec.actions[0].log.message", "undeclared reference to 'failure'"));
        assertThat(Given.deadLetter(action)).singleElement().satisfies(step -> {
            assertThat(step.id()).isEqualTo("dead.0");
            assertThat(step.label()).isEqualTo("spec.deadLetter.actions[0]");
            assertThat(Given.run(step).path("message").asText()).isEqualTo("was answered 503 3");
        });
    }

    @Test
    void aDeadLetterGoesThroughAListToo() {
        assertThat(Given.deadLetter("[{forEach: '[1, 2]', log: {message: '${{ failure.step }}'}}]"))
                .extracting(ActionStep::id).containsExactly("dead.0.0", "dead.0.1");
    }
}

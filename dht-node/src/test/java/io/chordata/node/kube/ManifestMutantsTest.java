package io.chordata.node.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Manifests with a mistake in them break the rule that is meant for it. */
@RequiresKustomize
class ManifestMutantsTest {
    private Tree tree;

    @BeforeEach
    void render() {
        tree = new Tree(Manifests.documents(Kustomize.render("base")));
    }

    private List<String> broken() {
        return ManifestRule.broken(Manifests.of(tree.documents()));
    }

    private Map<String, Object> set() {
        return tree.object("StatefulSet", "chordata");
    }

    private Map<String, Object> pod() {
        return Tree.map(set(), "spec", "template", "spec");
    }

    private Map<String, Object> container() {
        return Tree.map(Tree.list(pod(), "containers").get(0));
    }

    @Test
    void manifests_withoutAMistake_breakNoRule() {
        assertThat(broken()).isEmpty();
    }

    @Test
    void probePath_thatIsWrong_isFound() {
        Tree.map(container(), "readinessProbe", "httpGet").put("path", "/healthz");

        assertThat(broken()).containsExactly("probes ask paths that are answered");
    }

    @Test
    void seedName_thatIsWrong_isFound() {
        Tree.replace(Tree.list(container(), "args"), "chordata-2.chordata-nodes.", "chordata-2.chordata-s3.");

        assertThat(broken())
                .containsExactly("all have the same seeds: the full names of the first pods, three at most");
    }

    /** There are as many others, while there are five. */
    @Test
    void seeds_thatAreNotTheFirstPods_areFound() {
        Tree.map(set(), "spec").put("replicas", 5);
        assertThat(broken()).isEmpty();
        Tree.replace(Tree.list(container(), "args"), "chordata-2.chordata-nodes.", "chordata-4.chordata-nodes.");

        assertThat(broken())
                .containsExactly("all have the same seeds: the full names of the first pods, three at most");
    }

    @Test
    void addressesOfUnreadyNodes_notPublished_areMissed() {
        Tree.map(tree.object("Service", "chordata-nodes"), "spec").remove("publishNotReadyAddresses");

        assertThat(broken()).containsExactly("nodes find each other by name before they are ready");
    }

    @Test
    void grace_ofOneSecond_isTooShort() {
        pod().put("terminationGracePeriodSeconds", 1);

        assertThat(broken()).containsExactly("a pod has time for all that a node does before it ends");
    }

    /** Each for itself would do, and both together do not. */
    @Test
    void graceOfRequests_thatLeavesTooLittleForTheRest_isFound() {
        set("CHORDATA_STOP_GRACE", "90s");

        assertThat(broken()).containsExactly("a pod has time for all that a node does before it ends");
    }

    @Test
    void podThatEndsAtOnce_whileRequestsAreStillSentThere_isFound() {
        set("CHORDATA_STOP_DELAY", "0s");

        assertThat(broken()).containsExactly("a pod serves on until whoever sends requests has noticed that it ends");
    }

    private void set(String name, String value) {
        Tree.list(container(), "env").stream()
                .map(Tree::map)
                .filter(variable -> name.equals(variable.get("name")))
                .forEach(variable -> variable.put("value", value));
    }

    @Test
    void job_thatCannotBeReplaced_isFound() {
        Tree.map(tree.object("Job", "chordata-init"), "metadata").remove("annotations");

        assertThat(broken()).containsExactly("the Job is made anew where it cannot be changed");
    }

    @Test
    void claim_sharedByPods_isFound() {
        Tree.map(set(), "spec").put("volumeClaimTemplates", List.of());
        Tree.list(pod(), "volumes")
                .add(Map.of("name", "data", "persistentVolumeClaim", Map.of("claimName", "data-chordata-0")));

        assertThat(broken()).containsExactly("each pod has a volume of its own", "data lies on the pod's own volume");
    }

    @Test
    void variable_usedBeforeItIsSet_isFound() {
        List<Object> variables = Tree.list(container(), "env");
        variables.add(0, Map.of("name", "CHORDATA_ZONE", "value", "$(CHORDATA_NAME)"));
        variables.removeIf(variable -> variable instanceof Map<?, ?> map
                && "CHORDATA_ZONE".equals(map.get("name"))
                && map.containsKey("valueFrom"));

        assertThat(broken()).contains("no reference to a variable is left open");
    }

    @Test
    void folderOfTheMachine_mounted_isNotRestricted() {
        Tree.list(pod(), "volumes").add(Map.of("name", "host", "hostPath", Map.of("path", "/")));

        assertThat(broken()).containsExactly("pods satisfy the restricted pod security standard");
    }

    @Test
    void job_thatServicesSelect_isFound() {
        Tree.map(tree.object("Job", "chordata-init"), "spec", "template", "metadata", "labels")
                .put("app.kubernetes.io/component", "node");

        assertThat(broken()).containsExactly("services lead to all nodes and to nothing else");
    }
}

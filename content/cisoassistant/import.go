package cisoassistant

import (
	"fmt"
	"strings"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/foreign"
)

// Import returns the questionnaire that the framework of a library says, and what of it is lost or was read otherwise
// than it is written. The error is content.Problems where the file is no library, one without a framework, one with more
// than a questionnaire may hold, or not YAML, and an assessment.Error of code TooLarge above content.MaxSize. name stands
// for the file in the problems.
func Import(name string, data []byte) (*assessment.Questionnaire, content.Losses, error) {
	importer := foreign.Importer{Parse: foreign.ParseYAML, Refusal: refusal, Build: library,
		Empty: "nothing in the framework can be answered: expected at least one assessable requirement node"}
	return importer.Import(name, data)
}

// refusal says why a file is no library with a framework, or one with more than a questionnaire may hold.
func refusal(root *foreign.Node) *content.Problem {
	if root.Kind != foreign.Object {
		return root.Problem("", "expected a library (a mapping with urn, name and objects), found %s", root.Describe())
	}
	objects := root.Get("objects")
	if objects == nil || objects.Kind != foreign.Object {
		return root.Problem("", "this is not a library: expected a mapping under the key \"objects\"")
	}
	framework := objects.Get("framework")
	if framework == nil || framework.Kind == foreign.Nothing {
		return objects.Problem("objects", "the library has no framework (only %s): there is nothing to answer", contents(objects))
	}
	if framework.Kind != foreign.Object {
		return framework.Problem("objects.framework", "expected one framework (a mapping), found %s", framework.Describe())
	}
	nodes := framework.Get("requirement_nodes")
	if nodes == nil || nodes.Kind != foreign.List {
		return framework.Problem("objects.framework", "expected a list of nodes under the key \"requirement_nodes\"")
	}
	assessable := 0
	for i, n := range nodes.Items {
		if a := n.Get("assessable"); a != nil && a.Text == "true" {
			assessable++
		}
		if assessable > foreign.MaxPractices {
			return n.Problem(fmt.Sprintf("objects.framework.requirement_nodes[%d]", i),
				"a questionnaire can have at most %d practices, and this framework has more assessable nodes", foreign.MaxPractices)
		}
	}
	return nil
}

// contents names what there is in a library.
func contents(objects *foreign.Node) string {
	const most = 10
	var keys []string
	for i, m := range objects.Members {
		if i == most {
			keys = append(keys, fmt.Sprintf("and %d more", len(objects.Members)-most))
			break
		}
		keys = append(keys, foreign.Clip(m.Key))
	}
	if len(keys) == 0 {
		return "nothing"
	}
	return strings.Join(keys, ", ")
}

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
	root, err := foreign.ParseYAML(name, data)
	if err != nil {
		return nil, nil, err
	}
	if problem := refusal(root); problem != nil {
		problem.File = name
		return nil, nil, content.Problems{*problem}
	}
	top := foreign.Value{Reader: &foreign.Reader{}, Node: root}
	q := library(top)
	if len(q.Pillars) == 0 {
		return nil, nil, top.Refused(name, "nothing of the framework can be answered: at least one assessable requirement node is expected")
	}
	checked, err := foreign.Checked(name, q)
	return checked, top.Losses(), err
}

// refusal says why a file is no library with a framework, or one with more than a questionnaire may hold.
func refusal(root *foreign.Node) *content.Problem {
	at := func(n *foreign.Node, path, format string, args ...any) *content.Problem {
		return &content.Problem{Line: n.Line, Column: n.Column, Path: path, Message: fmt.Sprintf(format, args...)}
	}
	if root.Kind != foreign.Object {
		return at(root, "", "a library (a mapping with urn, name and objects) expected, found %s", root.Describe())
	}
	objects := root.Get("objects")
	if objects == nil || objects.Kind != foreign.Object {
		return at(root, "", "this is no library: a mapping under the key \"objects\" is expected")
	}
	framework := objects.Get("framework")
	if framework == nil || framework.Kind == foreign.Nothing {
		return at(objects, "objects", "the library has no framework (only %s): there is nothing to answer", contents(objects))
	}
	if framework.Kind != foreign.Object {
		return at(framework, "objects.framework", "one framework (a mapping) expected, found %s", framework.Describe())
	}
	nodes := framework.Get("requirement_nodes")
	if nodes == nil || nodes.Kind != foreign.List {
		return at(framework, "objects.framework", "a list of nodes under the key \"requirement_nodes\" is expected")
	}
	assessable := 0
	for i, n := range nodes.Items {
		if a := n.Get("assessable"); a != nil && a.Text == "true" {
			assessable++
		}
		if assessable > foreign.MaxPractices {
			return at(n, fmt.Sprintf("objects.framework.requirement_nodes[%d]", i),
				"a questionnaire holds at most %d practices, and this framework has more assessable nodes", foreign.MaxPractices)
		}
	}
	return nil
}

// contents names what there is in a library.
func contents(objects *foreign.Node) string {
	var keys []string
	for _, m := range objects.Members {
		keys = append(keys, foreign.Clip(m.Key))
	}
	if len(keys) == 0 {
		return "nothing"
	}
	return strings.Join(keys, ", ")
}

package foreign

import (
	"fmt"

	"plumbline/assessment"
	"plumbline/content"
)

// Importer turns files of one format into questionnaires.
type Importer struct {
	Parse   func(name string, data []byte) (*Node, error)
	Refusal func(root *Node) *content.Problem         // why the file is not of the format, nil where it is
	Build   func(top Value) *assessment.Questionnaire // reports to top what is lost
	Empty   string                                    // what to say of a file that makes no pillar
}

// Import returns the questionnaire of a file and what of the file is lost or was read otherwise than it is written. The
// error is content.Problems where nothing can be kept, and an assessment.Error of code TooLarge above content.MaxSize.
// name stands for the file in the problems.
func (i Importer) Import(name string, data []byte) (*assessment.Questionnaire, content.Losses, error) {
	root, err := i.Parse(name, data)
	if err != nil {
		return nil, nil, err
	}
	if problem := i.Refusal(root); problem != nil {
		problem.File = name
		return nil, nil, content.Problems{*problem}
	}
	top := Value{Reader: &Reader{}, Node: root}
	q := i.Build(top)
	if len(q.Pillars) == 0 {
		return nil, nil, top.Refused(name, "%s", i.Empty)
	}
	checked, err := Checked(name, q)
	return checked, top.Losses(), err
}

// Problem returns a problem at the node.
func (n *Node) Problem(path, format string, args ...any) *content.Problem {
	return &content.Problem{Line: n.Line, Column: n.Column, Path: path, Message: fmt.Sprintf(format, args...)}
}

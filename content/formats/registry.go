package formats

import (
	"errors"
	"io"
	"path"
	"strings"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/awslens"
)

// Registry is every format for those who know none of them: it speaks of files in the words of the domain alone.
type Registry struct{}

// Formats returns every format, our own first.
func (Registry) Formats() []assessment.FileFormat {
	var all []assessment.FileFormat
	for _, f := range every() {
		all = append(all, assessment.FileFormat{Kind: f.Kind, Title: f.Title, Endings: f.Endings, Limit: f.Limit})
	}
	return all
}

// Detect returns the kind of the format that a file seems to be of, and false where nothing tells.
func (Registry) Detect(name string, data []byte) (kind string, ok bool) {
	f, ok := Detect(name, data)
	return f.Kind, ok
}

// Import reads a file of a format, with what the questionnaire does not hold of it. The error is an
// assessment.RefusedFile, or an assessment.Error with the code TooLarge, or Invalid where there is no such format.
func (Registry) Import(kind, name string, data []byte) (*assessment.Questionnaire, []assessment.Remark, error) {
	f, ok := ByKind(kind)
	if !ok {
		return nil, nil, assessment.Errorf(assessment.Invalid, "Unknown format %q", kind)
	}
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if int64(len(data)) > f.Limit {
		return nil, nil, content.TooLarge(name, f.Limit)
	}
	q, losses, err := f.Import(name, data)
	if problems, ok := errors.AsType[content.Problems](err); ok && len(problems) > 0 {
		return nil, nil, &assessment.RefusedFile{Problems: remarksOf(name, problems)}
	}
	if err != nil {
		return nil, nil, err
	}
	return q, lossesAsRemarks(losses), nil
}

func remarksOf(name string, problems content.Problems) []assessment.Remark {
	list := make([]assessment.Remark, len(problems))
	for i, p := range problems {
		file, inside := strings.CutPrefix(p.File, name+"/")
		if !inside {
			file = ""
		}
		list[i] = remark(file, p)
	}
	return list
}

func lossesAsRemarks(losses content.Losses) []assessment.Remark {
	list := make([]assessment.Remark, len(losses))
	for i, l := range losses {
		list[i] = remark(l.File, l.Problem(""))
	}
	return list
}

// remark returns what is said about a place, whose path begins with its file inside an archive where there is one.
func remark(file string, p content.Problem) assessment.Remark {
	if file != "" && p.Path != "" {
		file += ": "
	}
	return assessment.Remark{Line: p.Line, Column: p.Column, Path: file + p.Path, Message: p.Message}
}

// WriteYAML writes a questionnaire in our own format.
func (Registry) WriteYAML(w io.Writer, q *assessment.Questionnaire) error {
	return content.WriteQuestionnaire(w, q)
}

// Lens returns a questionnaire as a custom lens of AWS, with what a lens cannot say. The error is about what a lens
// cannot be without.
func (Registry) Lens(q *assessment.Questionnaire) ([]byte, []assessment.Remark, error) {
	lens, losses, err := awslens.Export(q)
	return lens, lossesAsRemarks(losses), err
}

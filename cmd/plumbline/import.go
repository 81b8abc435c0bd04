package main

import (
	"fmt"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/awslens"
)

// importer reads one other format as a questionnaire.
type importer struct {
	kind  string
	limit int64 // bytes of a file
	read  func(name string, data []byte) (*assessment.Questionnaire, content.Losses, error)
}

func importers() []importer {
	return []importer{
		{"aws-lens", content.MaxSize, awslens.Import},
	}
}

// importKinds returns the formats that can be imported, parted by commas.
func importKinds() string {
	kinds := ""
	for i, one := range importers() {
		if i > 0 {
			kinds += ","
		}
		kinds += one.kind
	}
	return kinds
}

type importCommand struct {
	From string `required:"" enum:"${import_kinds}" placeholder:"KIND" help:"The format of the file: ${enum}."`
	File string `arg:"" name:"file" help:"The file to convert; - reads standard input."`
}

// Run writes the questionnaire to standard output, and what the file says beyond it to standard error.
func (c importCommand) Run(s streams) error {
	for _, one := range importers() {
		if one.kind != c.From {
			continue
		}
		data, err := s.read(c.File, one.limit)
		if err != nil {
			return err
		}
		q, losses, err := one.read(c.File, data)
		if err != nil {
			return err
		}
		s.tell(c.File, losses)
		return content.WriteQuestionnaire(s.out, q)
	}
	return usageError{fmt.Sprintf("unknown format %q", c.From)}
}

// tell lists losses, each with its place in the file.
func (s streams) tell(file string, losses content.Losses) {
	if len(losses) > 0 {
		fmt.Fprintln(s.err, losses.In(file))
	}
}

type exportCommand struct {
	To   string `required:"" enum:"aws-lens" placeholder:"KIND" help:"The format to write: ${enum}."`
	File string `arg:"" name:"file" help:"The questionnaire file; - reads standard input."`
}

// Run writes the questionnaire in the other format to standard output, and what it cannot say to standard error.
func (c exportCommand) Run(s streams) error {
	q, err := s.questionnaire(c.File)
	if err != nil {
		return err
	}
	lens, losses, err := awslens.Export(q)
	if err != nil {
		return err
	}
	s.tell(c.File, losses)
	_, err = s.out.Write(lens)
	return err
}

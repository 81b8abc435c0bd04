package main

import (
	"fmt"
	"strings"

	"plumbline/content"
	"plumbline/content/awslens"
	"plumbline/content/formats"
)

// importKinds returns the formats that can be imported, parted by commas.
func importKinds() string {
	kinds := []string{}
	for _, f := range formats.All() {
		kinds = append(kinds, f.Kind)
	}
	return strings.Join(kinds, ",")
}

type importCommand struct {
	From string `required:"" enum:"${import_kinds}" placeholder:"KIND" help:"The format of the file: ${enum}."`
	File string `arg:"" name:"file" help:"The file to convert; - reads standard input."`
}

// Run writes the questionnaire to standard output, and what the file says beyond it to standard error.
func (c importCommand) Run(s streams) error {
	f, ok := formats.ByKind(c.From)
	if !ok {
		return usageError{fmt.Sprintf("unknown format %q", c.From)}
	}
	data, err := s.read(c.File, f.Limit)
	if err != nil {
		return err
	}
	q, losses, err := f.Import(c.File, data)
	if err != nil {
		return err
	}
	s.tell(c.File, losses)
	return content.WriteQuestionnaire(s.out, q)
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

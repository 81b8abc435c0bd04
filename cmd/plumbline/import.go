package main

import (
	"fmt"
	"os"
	"strings"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/formats"
)

// importKinds returns the formats that can be imported, separated by commas.
func importKinds() string {
	kinds := []string{}
	for _, f := range formats.All() {
		kinds = append(kinds, f.Kind)
	}
	return strings.Join(kinds, ",")
}

type importCommand struct {
	format
	From string `required:"" enum:"${import_kinds}" placeholder:"KIND" help:"The format of the file: ${enum}."`
	File string `arg:"" name:"file" help:"The file to convert, for samm the folder or a zip of it; - reads standard input."`
}

// Run writes the questionnaire to standard output, and what the file says beyond it to standard error.
func (c importCommand) Run(s streams) error {
	f, ok := formats.ByKind(c.From)
	if !ok {
		return usageError{fmt.Sprintf("unknown format %q", c.From)}
	}
	q, losses, err := c.read(s, f)
	if err != nil {
		return err
	}
	if err := s.tell(c.format, c.File, losses); err != nil {
		return err
	}
	return content.WriteQuestionnaire(s.out, q)
}

// read reads the file, or the folder if the format is one.
func (c importCommand) read(s streams, f formats.Format) (*assessment.Questionnaire, content.Losses, error) {
	if folder, ok := formats.Folder(f.Kind); ok {
		if info, err := os.Stat(c.File); err == nil && info.IsDir() {
			return folder(c.File, os.DirFS(c.File))
		}
	}
	data, err := s.read(c.File, f.Limit)
	if err != nil {
		return nil, nil, err
	}
	return f.Import(c.File, data)
}

// tell lists losses on standard error, each with its place in the file: as text, or as a JSON list that is empty if
// there are none.
func (s streams) tell(f format, file string, losses content.Losses) error {
	if f.json() {
		list := content.Problems{}
		for _, l := range losses {
			list = append(list, l.Problem(file))
		}
		return printJSON(s.err, list)
	}
	if len(losses) > 0 {
		fmt.Fprintln(s.err, losses.In(file))
	}
	return nil
}

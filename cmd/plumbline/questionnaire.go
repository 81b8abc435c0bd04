package main

import (
	"errors"
	"fmt"
	"io/fs"

	"plumbline/assessment"
	"plumbline/content"
)

type questionnaireCommand struct {
	Lint    lintCommand    `cmd:"" help:"List all errors and warnings of questionnaire files, with line and column."`
	Schema  schemaCommand  `cmd:"" help:"Print the JSON Schema of questionnaire files."`
	Builtin builtinCommand `cmd:"" help:"Print the built-in questionnaire, as a starting point."`
	Diff    diffCommand    `cmd:"" help:"Show the differences between two versions of a questionnaire."`
	Import  importCommand  `cmd:"" help:"Convert a file of another format to a questionnaire, and list what was lost."`
	Export  exportCommand  `cmd:"" help:"Convert a questionnaire to another format, and list what was lost."`
}

type lintCommand struct {
	format
	Files []string `arg:"" name:"file" help:"Questionnaire files, YAML or JSON; - reads standard input."`
}

// lintedFile is what lint finds in one file.
type lintedFile struct {
	File     string           `json:"file"`
	Errors   content.Problems `json:"errors"`
	Warnings content.Problems `json:"warnings"`
}

// Run lists the problems in each file. It fails if a file has errors.
func (c lintCommand) Run(s streams) error {
	files := make([]lintedFile, len(c.Files))
	wrong := false
	for i, name := range c.Files {
		files[i] = s.lint(name)
		wrong = wrong || len(files[i].Errors) > 0
	}
	if err := c.print(s, files); err != nil {
		return err
	}
	if wrong {
		return errReported
	}
	return nil
}

func (c lintCommand) print(s streams, files []lintedFile) error {
	if c.json() {
		return printJSON(s.out, files)
	}
	for _, file := range files {
		for _, p := range file.Errors {
			fmt.Fprintln(s.err, p)
		}
		for _, p := range file.Warnings {
			p.Message = "warning: " + p.Message
			fmt.Fprintln(s.out, p)
		}
		if len(file.Errors) == 0 {
			fmt.Fprintf(s.out, "%s: no errors, %s\n", file.File, warnings(len(file.Warnings)))
		}
	}
	return nil
}

func warnings(n int) string {
	switch n {
	case 0:
		return "no warnings"
	case 1:
		return "1 warning"
	}
	return fmt.Sprintf("%d warnings", n)
}

func (s streams) lint(name string) lintedFile {
	file := lintedFile{File: name, Errors: content.Problems{}, Warnings: content.Problems{}}
	data, err := s.read(name, content.MaxSize)
	if err != nil {
		file.Errors = content.Problems{{File: name, Message: reason(err)}}
		return file
	}
	_, problems, warned := content.Lint(name, data)
	file.Errors = append(file.Errors, problems...)
	file.Warnings = append(file.Warnings, warned...)
	return file
}

// reason returns why a file could not be read, without its name if that can be cut off.
func reason(err error) string {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err.Error()
	}
	return err.Error()
}

type schemaCommand struct{}

// Run prints the JSON Schema.
func (schemaCommand) Run(s streams) error {
	_, err := s.out.Write(content.Schema())
	return err
}

type builtinCommand struct{}

// Run prints the file of the built-in questionnaire.
func (builtinCommand) Run(s streams) error {
	_, err := s.out.Write(content.BuiltinFile())
	return err
}

// model returns the compiled questionnaire in the file, the built-in one if no file is named.
func (s streams) model(name string) (*assessment.Model, error) {
	q, err := s.questionnaire(name)
	if err != nil {
		return nil, err
	}
	return assessment.Compile(q)
}

func (s streams) questionnaire(name string) (*assessment.Questionnaire, error) {
	if name == "" {
		return content.Builtin()
	}
	f, err := s.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return content.ReadQuestionnaire(name, f)
}

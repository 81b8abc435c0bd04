package main

import (
	"context"
	"fmt"
	"io"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/awslens"
)

type exportCommand struct {
	format
	reportFont
	To     string `required:"" enum:"yaml,aws-lens,workbook" placeholder:"KIND" help:"The format to write: ${enum}. A workbook is a PDF to print and fill in by hand."`
	Output string `short:"o" placeholder:"FILE" help:"File to write; default: standard output."`
	File   string `arg:"" optional:"" name:"file" help:"The questionnaire file; - reads standard input. Default: the built-in questionnaire."`
}

// Run writes the questionnaire in the other format, and what that cannot say to standard error.
func (c exportCommand) Run(ctx context.Context, s streams) error {
	q, err := s.questionnaire(c.File)
	if err != nil {
		return err
	}
	write, losses, err := c.writer(ctx, q)
	if err != nil {
		return err
	}
	if err := s.tell(c.format, c.named(), losses); err != nil {
		return err
	}
	if c.Output == "" || c.Output == "-" {
		return write(s.out)
	}
	return replaceFile(c.Output, 0o644, write)
}

// named returns the name that losses give the questionnaire.
func (c exportCommand) named() string {
	if c.File == "" {
		return "built-in"
	}
	return c.File
}

// writer returns a function that writes the questionnaire in the chosen format, and what that format cannot say.
func (c exportCommand) writer(ctx context.Context, q *assessment.Questionnaire) (write func(io.Writer) error, losses content.Losses, err error) {
	switch c.To {
	case "yaml":
		return func(w io.Writer) error { return content.WriteQuestionnaire(w, q) }, nil, nil
	case "aws-lens":
		lens, losses, err := awslens.Export(q)
		return func(w io.Writer) error { _, err := w.Write(lens); return err }, losses, err
	case "workbook":
		renderer, err := c.renderer()
		return func(w io.Writer) error { return renderer.Workbook(ctx, w, q) }, nil, err
	}
	return nil, nil, usageError{fmt.Sprintf("unknown format %q", c.To)}
}

package main

import "plumbline/content"

type scoreCommand struct {
	format
	Questionnaire string `placeholder:"FILE" help:"The questionnaire; default: the built-in one."`
	Answers       string `required:"" placeholder:"FILE" help:"The answers; - reads standard input."`
}

// Run prints the result that follows from an answers file.
func (c scoreCommand) Run(s streams) error {
	if c.Questionnaire == "-" && c.Answers == "-" {
		return usageError{"standard input cannot be both the questionnaire and the answers"}
	}
	model, err := s.model(c.Questionnaire)
	if err != nil {
		return err
	}
	f, err := s.open(c.Answers)
	if err != nil {
		return err
	}
	defer f.Close()
	said, err := content.ReadAnswers(c.Answers, f, model)
	if err != nil {
		return err
	}
	result := model.Evaluate(said.Answers, said.Priorities, said.Facets)
	if c.json() {
		return printJSON(s.out, result)
	}
	return scoreText{w: s.out, model: model, result: result, priorities: said.Priorities}.print()
}

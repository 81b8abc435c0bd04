package main

import (
	"context"
	"errors"
	"fmt"

	"plumbline/assessment"
	"plumbline/cmd/internal/lab"
	"plumbline/storage"
	"plumbline/templates"
)

// installation is an example whose practices are all answered.
type installation struct {
	*lab.Example
	store     *storage.Store
	principle *assessment.Principle // with the most practices
	page      string                // its path
}

// install fills a data folder. The store is left open.
func install(ctx context.Context, folder string, people int) (*installation, error) {
	example, err := lab.NewExample(ctx, folder, people)
	if err != nil {
		return nil, err
	}
	i := &installation{Example: example}
	if i.store, err = storage.Open(ctx, storage.Options{Folder: folder}); err != nil {
		return nil, err
	}
	if err := i.answer(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("answer the example: %w", err), i.store.Close())
	}
	return i, nil
}

func (i *installation) answer(ctx context.Context) error {
	most := 0
	for p := range i.Questionnaire.Pillars {
		principles := i.Questionnaire.Pillars[p].Principles
		for n := range principles {
			if count := practicesOf(&principles[n]); count >= most {
				most, i.principle = count, &principles[n]
			}
		}
	}
	i.page = templates.PrincipleURL(i.Assessment, i.principle.ID)
	var saves []assessment.SaveAnswer
	for practice, answer := range exampleAnswers(i.Questionnaire) {
		saves = append(saves, assessment.SaveAnswer{Practice: practice, Answer: answer})
	}
	_, err := i.store.SaveAnswers(ctx, i.Actor, i.Assessment, saves)
	return err
}

// practicesOf counts the practices of a principle.
func practicesOf(principle *assessment.Principle) int {
	n := 0
	for range principle.Practices() {
		n++
	}
	return n
}

// visit returns one of the people at a server in this process.
func (i *installation) visit(address string, person int) lab.Visitor {
	return lab.Visitor{Address: address, Client: lab.ClientFrom("127.0.0.1"), Cookie: i.People[person].Cookie}
}

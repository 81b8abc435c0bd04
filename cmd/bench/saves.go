package main

import (
	"context"
	"errors"
	"fmt"
	"html"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"plumbline/templates"
)

// How many people save at the same time: those of one meeting, and those of several.
const (
	savers    = 16
	maxSavers = 64
)

// measureSaves compares saves through the whole application with the bare cost of a durable write.
func measureSaves(ctx context.Context, p plan, folder string) (_ []measure, err error) {
	bare, err := newUpsert(ctx, folder)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, bare.close()) }()
	if err := bare.settle(); err != nil {
		return nil, err
	}
	i, err := install(ctx, filepath.Join(folder, "saves"), maxSavers)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, i.store.Close()) }()
	app, err := application(ctx, i)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, app.close()) }()
	callers, err := i.answering(ctx, app.address)
	if err != nil {
		return nil, err
	}
	sides := []side{repeated(bare.save)}
	for _, people := range []int{1, savers, maxSavers} {
		l, err := connect(ctx, app.address, callers[:people])
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, l.close()) }()
		sides = append(sides, l.run)
	}
	paces, err := compared(p, sides...)
	if err != nil {
		return nil, err
	}
	return []measure{
		figure("bare durable upsert", paces[0].perSecond, "/s", "one connection, synchronous=FULL, WAL, one prepared INSERT … ON CONFLICT DO UPDATE of one small row, one commit each; same folder, same settings as the application's writer"),
		atLeast("save, 1 connection", paces[1].times(paces[0]), 0.18, ratio, fmt.Sprintf("answers saved as the page's script saves them (session, checks, answer, event, scores, commit, fragment) over one keep-alive connection, against the bare upsert; %.0f/s, %.0f µs of processor time each, client included", paces[1].perSecond, paces[1].processor)),
		atLeast(fmt.Sprintf("save, %d connections", savers), paces[2].times(paces[1]), 2.5, ratio, fmt.Sprintf("as many people, each with a session and a practice of their own in the same assessment, against 1 connection; %.0f/s", paces[2].perSecond)),
		atLeast(fmt.Sprintf("save, %d connections", maxSavers), paces[3].times(paces[1]), 3, ratio, fmt.Sprintf("the same with more people; %.0f/s, %.0f µs of processor time each", paces[3].perSecond, paces[3].processor)),
	}, nil
}

// answering returns the saves of everybody: each person answers one practice over and over.
func (i *installation) answering(ctx context.Context, address string) ([]caller, error) {
	var callers []caller
	step := len(exampleAnswers(i.Questionnaire)) / maxSavers
	n := -1
	for p := range i.Questionnaire.Pillars {
		for _, principle := range i.Questionnaire.Pillars[p].Principles {
			for practice := range principle.Practices() {
				if n++; n%step != 0 || len(callers) == maxSavers {
					continue
				}
				person := len(callers)
				page, err := i.visit(address, person).Page(ctx, templates.PrincipleURL(i.Assessment, principle.ID))
				if err != nil {
					return nil, err
				}
				callers = append(callers, saver(templates.AnswerURL(i.Assessment, practice.ID), i.People[person].Cookie, page, practice.ID))
			}
		}
	}
	return callers, nil
}

// saver returns the requests of a person who changes one answer each time. page is what they have open: each save sends
// what the page showed when it was loaded.
func saver(path, cookie, page, practice string) caller {
	was := url.Values{}
	for _, name := range []string{"was_pillar", "was_overall", "was_open", "was_live"} {
		was.Set(name, hidden(page, name))
	}
	before := was.Encode() + "&reason." + practice + "=&note." + practice + "=Looked+at+again.&version." + practice + "="
	version, _ := strconv.Atoi(hidden(page, "version."+practice))
	return func() []byte {
		status := "partial"
		if version%2 == 0 {
			status = "adopted"
		}
		form := before + strconv.Itoa(version) + "&status." + practice + "=" + status
		version++
		return post(path, cookie, form)
	}
}

// hidden returns the value of a hidden field of a page.
func hidden(page, name string) string {
	return html.UnescapeString(between(page, `name="`+name+`" value="`, `"`))
}

// between returns the text between two others.
func between(text, before, after string) string {
	_, rest, _ := strings.Cut(text, before)
	found, _, _ := strings.Cut(rest, after)
	return found
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
)

// row is one fault of the matrix that needs processes, load, mounts or time.
type row struct {
	number   int
	fault    string
	expected string
	try      func(context.Context, *trial) (finding, error)
	beside   bool // it mostly waits, so it runs at the same time as the others
	quick    bool // it is part of `make test` too
}

// finding is what happened.
type finding struct {
	figure string
	met    bool
	said   string // the message of the program, if people have to act on it
}

// errImpossible reports that this machine does not allow what the row needs.
var errImpossible = errors.New("not possible here")

// rows is what this program can try.
func rows() []row {
	return []row{
		{number: 1, fault: "1,000 wrong passwords on one account", expected: "429 after five; the owner signs in from elsewhere", try: served(guessPasswords), quick: true},
		{number: 1, fault: "1,000 wrong passwords on one account from 256 networks", expected: "few checked; the owner in within 2 s, in a browser used before", try: served(starveSignIn)},
		{number: 1, fault: "40 people sign in at once from one address", expected: "all in within a minute", try: served(fillRoom)},
		{number: 1, fault: "forwarded addresses", expected: "believed from a named proxy only", try: forgeAddresses},
		{number: 2, fault: "unknown against known user", expected: "same page, medians within 20 %", try: served(compareRefusals)},
		{number: 3, fault: "100 sign-ins at once", expected: "memory below 600 MB; in, or 503 in time", try: served(signInAtOnce)},
		{number: 14, fault: "1,000 slow connections", expected: "p99 of a healthy user below 1 s", try: served(connectSlowly)},
		{number: 15, fault: "slow reader of a PDF", expected: "cut by the write deadline of 60 s", try: servedWithNotes(1, readSlowly), beside: true},
		{number: 16, fault: "PDF with 100 kB of notes", expected: "below 1 s", try: servedWithNotes(1, drawLongNotes)},
		{number: 16, fault: "200 PDFs at once", expected: "drawn, or 503 with Retry-After; then as before", try: servedWithNotes(crowd, drawAtOnce)},
		{number: 19, fault: "kill -9 while saving", expected: "nothing acknowledged lost, sound, repeats count once", try: killWhileSaving},
		{number: 20, fault: "disk full", expected: "507 or 503, nothing partial, goes on without a restart", try: fillDisk},
		{number: 21, fault: "disk read-only", expected: "pages work, saves answer 503", try: failDisk},
		{number: 22, fault: "write lock held by another process", expected: "503 after 5 s, what was typed is still there", try: served(holdLock)},
		{number: 23, fault: "no database", expected: "refused, file untouched", try: startOn(overwriteFile), quick: true},
		{number: 23, fault: "corrupt page", expected: "refused, file untouched", try: startOn(spoilPages), quick: true},
		{number: 23, fault: "newer schema", expected: "refused, file untouched", try: startOn(raiseSchema), quick: true},
		{number: 24, fault: "second process on the same folder", expected: "refused, says who has it", try: served(startTwice), quick: true},
		{number: 25, fault: "killed in the middle of a migration", expected: "old or new schema, the next start goes on", try: killWhileMigrating},
		{number: 31, fault: "SIGTERM with 100 event streams", expected: "out in 5 s, nothing acknowledged lost", try: served(stopWithStreams), quick: true},
		{number: 32, fault: "streams cut, server restarted", expected: "0 changes missed", try: cutStreams},
		{number: 34, fault: "backup during writes", expected: "all that was acknowledged before is there", try: served(backUpWhileSaving), quick: true},
		{number: 37, fault: "requests that are made to cost much", expected: "200 MB, 5 s of a processor, 0.5 s when the client has gone", try: throwBombs},
		{number: 38, fault: "heavy work of twelve people", expected: "p99 of another's saves at most 250 ms", try: saveBesideHeavyWork},
		{number: 39, fault: "account disabled while it listens", expected: "its event stream ends within 1 s", try: served(disableListeners), quick: true},
		{number: 47, fault: "audit log changed or cut in the file", expected: "all noticed by audit verify", try: tamper, quick: true},
		{number: 48, fault: "sign-out on a full disk, then another server", expected: "the session has ended for both", try: signOutOnFullDisk},
	}
}

// chosenRows returns the rows with these numbers, all rows if there are no numbers.
func chosenRows(numbers []int) []row {
	return slices.DeleteFunc(rows(), func(r row) bool { return len(numbers) > 0 && !slices.Contains(numbers, r.number) })
}

// outcome is a row that was tried.
type outcome struct {
	row
	finding
	err  error
	took time.Duration
}

// The verdicts on a row.
const (
	met        = "yes"
	notMet     = "NO"
	impossible = "not tried"
)

func (o outcome) verdict() string {
	switch {
	case errors.Is(o.err, errImpossible):
		return impossible
	case o.err != nil || !o.met:
		return notMet
	}
	return met
}

// try tries rows in their order, and at the same time those that mostly wait.
func (t *trial) try(ctx context.Context, chosen []row, progress io.Writer) []outcome {
	outcomes := make([]outcome, len(chosen))
	one := func(i int) {
		start := time.Now()
		found, err := chosen[i].try(ctx, t)
		outcomes[i] = outcome{row: chosen[i], finding: found, err: err, took: time.Since(start)}
		_, _ = fmt.Fprintf(progress, "row %d, %s: %s (%.1f s)\n", chosen[i].number, chosen[i].fault, outcomes[i].verdict(), outcomes[i].took.Seconds())
	}
	waiting := make(chan struct{}, len(chosen))
	beside := 0
	for i, r := range chosen {
		if r.beside {
			beside++
			go func() {
				one(i)
				waiting <- struct{}{}
			}()
		}
	}
	for i, r := range chosen {
		if !r.beside {
			one(i)
		}
	}
	for range beside {
		<-waiting
	}
	return outcomes
}

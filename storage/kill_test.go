package storage

import (
	"bufio"
	"context"
	"fmt"
	"io"
	rand "math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"

	"plumbline/assessment/access"
)

const (
	childFolder = "PLUMBLINE_TEST_CHILD_FOLDER"
	childTarget = "PLUMBLINE_TEST_CHILD_ASSESSMENT"
)

func TestMain(m *testing.M) {
	if folder := os.Getenv(childFolder); folder != "" {
		if err := saveForever(folder, os.Getenv(childTarget)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// saveForever saves answers as four people until it is killed, and prints each save once it is acknowledged.
func saveForever(folder, id string) error {
	ctx := context.Background()
	s, err := Open(ctx, Options{Folder: folder})
	if err != nil {
		return err
	}
	current, err := s.Current(ctx, id)
	if err != nil {
		return err
	}
	var people sync.WaitGroup
	for i := range 4 {
		practice := fmt.Sprintf("p%d", i+1)
		people.Go(func() {
			for version := current.State.Answer(practice).Version; ; version++ {
				_, err := s.SaveAnswer(ctx, access.Actor{}, id, saveOf(practice, version, flip(version)))
				if err != nil {
					fmt.Fprintln(os.Stderr, err)
					return
				}
				fmt.Printf("%s %d\n", practice, version+1)
			}
		})
	}
	people.Wait()
	return nil
}

func TestKilledWhileSaving(t *testing.T) {
	b := newBench(t)
	check(t, b.Close())
	acknowledged := map[string]int{}
	for range 10 {
		killOnce(t, b.folder, b.id, 1+rand.IntN(60), acknowledged)
		s := openStore(t, Options{Folder: b.folder}) // runs quick_check
		current := must(s.Current(t.Context(), b.id))(t)
		saves := 0
		for practice, version := range acknowledged {
			got := current.State.Answer(practice)
			if got.Version < version || got.Status != flip(got.Version-1) {
				t.Errorf("%s has version %d and status %q, acknowledged was %d", practice, got.Version, got.Status, version)
			}
		}
		for _, answer := range current.State.Answers {
			saves += answer.Version
		}
		events := must(s.Events(t.Context(), b.id, 0, 100_000))(t)
		if len(events) != saves+1 || current.State.Sequence != int64(saves+1) {
			t.Errorf("got %d events and sequence %d for %d saves", len(events), current.State.Sequence, saves)
		}
		check(t, s.Close())
	}
}

// killOnce starts a process that saves, kills it after some acknowledged saves, and notes all that it acknowledged.
func killOnce(t *testing.T, folder, id string, after int, acknowledged map[string]int) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childFolder+"="+folder, childTarget+"="+id)
	child.Stderr = os.Stderr
	out := must(child.StdoutPipe())(t)
	check(t, child.Start())
	lines := bufio.NewReader(out)
	for n := 0; ; n++ {
		if n == after {
			_, err := Open(t.Context(), Options{Folder: folder})
			if holder := fmt.Sprintf("process %d", child.Process.Pid); err == nil || !strings.Contains(err.Error(), holder) {
				t.Errorf("got %v, want an error that names %s", err, holder)
			}
			check(t, child.Process.Kill())
		}
		line, err := lines.ReadString('\n')
		if err == io.EOF {
			break
		}
		check(t, err)
		practice, version, _ := strings.Cut(strings.TrimSpace(line), " ")
		acknowledged[practice] = must(strconv.Atoi(version))(t)
	}
	if err := child.Wait(); err == nil {
		t.Error("the process ended by itself")
	}
}

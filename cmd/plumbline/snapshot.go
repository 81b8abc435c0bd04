package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"plumbline/assessment"
)

type snapshotCommand struct {
	Verify verifyCommand `cmd:"" help:"Check the hash, the chain, and that stored results match stored answers."`
}

type verifyCommand struct {
	format
	Files []string `arg:"" name:"file" help:"Exported snapshots; several of one assessment are checked as a chain."`
}

// verifiedFile is what verify finds in one file.
type verifiedFile struct {
	File       string   `json:"file"`
	Hash       string   `json:"hash"`
	Assessment string   `json:"assessment"`
	Sequence   int      `json:"sequence"`
	Previous   string   `json:"previous"`
	Title      string   `json:"title"`
	Problems   []string `json:"problems"` // the first of them
	more       int
}

// maxProblems is how many problems of a file are listed.
const maxProblems = 100

func (f *verifiedFile) complain(format string, args ...any) {
	if len(f.Problems) == maxProblems {
		f.more++
		return
	}
	f.Problems = append(f.Problems, fmt.Sprintf(format, args...))
}

// Run checks each snapshot on its own, and the snapshots of one assessment as a chain. It fails if anything is wrong.
func (c verifyCommand) Run(s streams) error {
	files := make([]*verifiedFile, len(c.Files))
	for i, name := range c.Files {
		files[i] = s.verify(name)
	}
	checkChains(files)
	for _, f := range files {
		f.sum()
	}
	if err := c.print(s, files); err != nil {
		return err
	}
	if slices.ContainsFunc(files, func(f *verifiedFile) bool { return len(f.Problems) > 0 }) {
		return errReported
	}
	return nil
}

func (c verifyCommand) print(s streams, files []*verifiedFile) error {
	if c.json() {
		return printJSON(s.out, files)
	}
	for _, f := range files {
		for _, problem := range f.Problems {
			fmt.Fprintf(s.err, "%s: %s\n", f.File, problem)
		}
		if len(f.Problems) == 0 {
			fmt.Fprintf(s.out, "%s: ok, snapshot %d %q, %s\n", f.File, f.Sequence, f.Title, f.Hash)
		}
	}
	return nil
}

// verify checks one snapshot on its own.
func (s streams) verify(name string) *verifiedFile {
	f := &verifiedFile{File: name, Problems: []string{}}
	document, err := s.read(name, maxSnapshot)
	if err != nil {
		f.complain("%s", reason(err))
		return f
	}
	v, err := assessment.VerifySnapshot(document)
	if err != nil {
		f.complain("%v", err)
		return f
	}
	f.Hash, f.Assessment, f.Sequence = v.Hash, v.Snapshot.Assessment, v.Snapshot.Sequence
	f.Previous, f.Title = v.Snapshot.Previous, v.Snapshot.Title
	if !v.Canonical {
		f.complain("not in canonical form: the file was changed since it was exported")
	}
	if named := hashIn(name); !strings.HasPrefix(v.Hash, named) {
		f.complain("the file name says %s, but the hash of the content is %s", named, v.Hash)
	}
	for _, difference := range v.Differences {
		f.complain("%s", difference)
	}
	if (f.Sequence == 1) != (f.Previous == "") {
		f.complain("snapshot %d names %q as the previous one", f.Sequence, f.Previous)
	}
	return f
}

// sum says how many problems are not listed.
func (f *verifiedFile) sum() {
	if f.more > 0 {
		f.Problems = append(f.Problems, fmt.Sprintf("and %d more problems", f.more))
	}
}

var hexadecimal = regexp.MustCompile(`[0-9a-f]+`)

// hashIn returns the hash, or the beginning of one, in the name of a file; empty if there is none.
func hashIn(name string) string {
	for _, digits := range hexadecimal.FindAllString(filepath.Base(name), -1) {
		if len(digits) >= 16 && len(digits) <= 64 {
			return digits
		}
	}
	return ""
}

// checkChains reports a problem if snapshots of one assessment do not follow each other without a gap.
func checkChains(files []*verifiedFile) {
	chains := map[string][]*verifiedFile{}
	for _, f := range files {
		if f.Hash != "" {
			chains[f.Assessment] = append(chains[f.Assessment], f)
		}
	}
	for _, chain := range chains {
		slices.SortStableFunc(chain, func(a, b *verifiedFile) int { return cmp.Compare(a.Sequence, b.Sequence) })
		for i := 1; i < len(chain); i++ {
			chain[i].follow(chain[i-1])
		}
	}
}

// follow reports a problem unless f is the snapshot right after the one before.
func (f *verifiedFile) follow(before *verifiedFile) {
	switch {
	case f.Hash == before.Hash:
		f.complain("the same snapshot as %s", before.File)
	case f.Sequence == before.Sequence:
		f.complain("number %d of its assessment, like %s", f.Sequence, before.File)
	case f.Sequence != before.Sequence+1:
		f.complain("the previous snapshot, %d, is not among the files: the chain has a gap", f.Sequence-1)
	case f.Previous != before.Hash:
		f.complain("it names %s as the previous one, but the hash of %s is %s", f.Previous, before.File, before.Hash)
	}
}

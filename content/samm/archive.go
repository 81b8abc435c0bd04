package samm

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/foreign"
)

// MaxArchive is the largest zip that is read, and the most that one may hold unpacked, in bytes.
const MaxArchive = 20 << 20

const (
	maxEntries = 10_000 // of a folder or an archive, whatever they are
	maxFiles   = 2_000  // that are read
)

// Import returns the questionnaire that a zip of the model says, and what of it is lost or was read otherwise than it
// is written. The error is content.Problems where the model cannot be read, and an assessment.Error of code TooLarge
// above MaxArchive or content.MaxSize of YAML. name stands for the zip in the problems.
func Import(name string, data []byte) (*assessment.Questionnaire, content.Losses, error) {
	if len(data) > MaxArchive {
		return nil, nil, content.TooLarge(name, MaxArchive)
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, nil, content.Problems{{File: name, Message: "expected a zip file of the model's folder: " + zipReason(err)}}
	}
	if problems := refusedEntries(name, archive.File); len(problems) > 0 {
		return nil, nil, problems.First()
	}
	g := &gathering{name: name}
	var left int64 = MaxArchive
	for _, entry := range archive.File {
		if entry.FileInfo().IsDir() {
			continue
		}
		unpacked, err := unpack(entry, left)
		if err != nil {
			return nil, nil, content.Problems{{File: name + "/" + entry.Name, Message: "it cannot be unpacked: " + zipReason(err)}}
		}
		if left -= int64(len(unpacked)); left < 0 {
			return nil, nil, assessment.Errorf(assessment.TooLarge, "%s is larger than %d MiB unpacked", name, MaxArchive>>20)
		}
		if bytes.HasPrefix(unpacked, []byte("PK\x03\x04")) {
			return nil, nil, content.Problems{{File: name + "/" + entry.Name, Message: "a zip inside a zip is not read"}}
		}
		if err := g.take(entry.Name, unpacked); err != nil {
			return nil, nil, err
		}
	}
	return g.questionnaire()
}

func zipReason(err error) string { return strings.TrimPrefix(err.Error(), "zip: ") }

// refusedEntries says what no archive of a model has: names that lead out of it, names that come twice, other
// archives, links, encryption.
func refusedEntries(name string, entries []*zip.File) content.Problems {
	if len(entries) > maxEntries {
		return content.Problems{{File: name, Message: fmt.Sprintf("expected at most %d files, found %d", maxEntries, len(entries))}}
	}
	var problems content.Problems
	seen := map[string]bool{}
	for _, entry := range entries {
		refuse := func(message string) {
			problems = append(problems, content.Problem{File: name, Path: foreign.Clip(entry.Name), Message: message})
		}
		plain := strings.TrimSuffix(entry.Name, "/")
		switch {
		case !fs.ValidPath(plain) || strings.ContainsAny(plain, "\\:\x00"):
			refuse("the name points outside the archive, or is empty")
		case seen[plain]:
			refuse("the name is used twice")
		case !entry.Mode().IsRegular() && !entry.Mode().IsDir():
			refuse("a link or another special file is not read")
		case entry.Flags&1 != 0:
			refuse("an encrypted file is not read")
		case strings.EqualFold(path.Ext(plain), ".zip"):
			refuse("a zip inside a zip is not read")
		}
		seen[plain] = true
	}
	return problems
}

// unpack returns what an entry holds, whatever it says its size is: one byte more than limit where it is larger.
func unpack(entry *zip.File, limit int64) ([]byte, error) {
	r, err := entry.Open()
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	return data, errors.Join(err, r.Close())
}

// ImportFS is Import of a folder. Folders whose names begin with a dot are not looked into, links are not followed.
func ImportFS(name string, folder fs.FS) (*assessment.Questionnaire, content.Losses, error) {
	g := &gathering{name: name}
	entries := 0
	err := fs.WalkDir(folder, ".", func(file string, entry fs.DirEntry, err error) error {
		if entries++; entries > maxEntries {
			return content.Problems{{File: name, Message: fmt.Sprintf("expected at most %d files in the folder", maxEntries)}}
		}
		switch {
		case err != nil:
			return fmt.Errorf("read %s: %w", name, err)
		case entry.IsDir() && file != "." && strings.HasPrefix(path.Base(file), "."):
			return fs.SkipDir
		case entry.IsDir():
			return nil
		case !entry.Type().IsRegular():
			g.lose(foreign.Clip(file)+": a link or another special file is not read", nil)
			return nil
		case !isYAML(file) && !isLicence(file):
			return nil
		}
		data, err := readFile(folder, file)
		if err != nil {
			return fmt.Errorf("read %s/%s: %w", name, file, err)
		}
		return g.take(file, data)
	})
	if err != nil {
		return nil, nil, err
	}
	return g.questionnaire()
}

// readFile returns what a file holds, no more than one byte above content.MaxSize.
func readFile(folder fs.FS, name string) ([]byte, error) {
	f, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, content.MaxSize+1))
	return data, errors.Join(err, f.Close())
}

func isYAML(file string) bool {
	return slices.Contains([]string{".yml", ".yaml"}, strings.ToLower(path.Ext(file)))
}

func isLicence(file string) bool {
	base := strings.ToLower(strings.TrimSuffix(path.Base(file), path.Ext(file)))
	return base == "license" || base == "licence"
}

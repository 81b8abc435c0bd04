package content

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// MaxSize is the largest file that is read, in bytes.
const MaxSize = 5 << 20

const byteOrderMark = "\uFEFF"

const (
	maxDepth  = 64      // nesting of mappings and lists
	maxMarks  = 300_000 // line ends and punctuation that can start a value: bounds the nodes before they are built
	maxValues = 300_000 // values after aliases are expanded
	maxOthers = 150_000 // marks of other people's JSON, of which each value is made into a second one
)

// readLimited returns what r holds, a TooLarge error where that is more than MaxSize.
func readLimited(name string, r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(data) > MaxSize {
		return nil, TooLarge(name, MaxSize)
	}
	return data, nil
}

// parse returns the one document in data, read as JSON where it is JSON and as YAML otherwise.
func parse(file string, data []byte) (*yaml.Node, *Problem) {
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	if p := checkBytes(file, data, maxMarks, startsValue); p != nil {
		return nil, p
	}
	root, p := parseText(file, data)
	if p != nil {
		return nil, p
	}
	if p := checkExpansion(root); p != nil {
		p.File = file
		return nil, p
	}
	return root, nil
}

func parseText(file string, data []byte) (*yaml.Node, *Problem) {
	if json.Valid(data) {
		return parseJSON(file, data, false)
	}
	root, p := parseYAML(file, data)
	if p != nil && meansJSON(file, data) {
		if _, broken := parseJSON(file, data, false); broken != nil {
			broken.Message = "not JSON: " + broken.Message
			return nil, broken
		}
	}
	return root, p
}

var jsonStart = regexp.MustCompile(`^\s*(\{\s*"|\[\s*[{"])`)

// meansJSON reports whether a broken file is better explained as JSON than as YAML.
func meansJSON(file string, data []byte) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".json":
		return true
	case ".yaml", ".yml":
		return false
	}
	return jsonStart.Match(data)
}

// checkBytes refuses what no text file holds, and what would need far more memory than the text itself: too many
// characters after which a value starts.
func checkBytes(file string, data []byte, most int, startsValue func(r rune, rest []byte) bool) *Problem {
	marks := 0
	for offset := 0; offset < len(data); {
		r, size := utf8.DecodeRune(data[offset:])
		switch {
		case r == utf8.RuneError && size == 1:
			return problemAt(file, data, offset, "this is not UTF-8 text")
		case r == 0:
			return problemAt(file, data, offset, "a NUL character is not allowed")
		case startsValue(r, data[offset+size:]):
			marks++
		}
		if marks > most {
			return problemAt(file, data, offset, fmt.Sprintf("the file is too complex: more than %d values", most))
		}
		offset += size
	}
	return nil
}

// startsValue reports whether a value may begin after r, which is followed by rest. It errs on the side of more.
func startsValue(r rune, rest []byte) bool {
	switch r {
	case '\n', ',', '[', '{':
		return true
	case ':', '-', '?':
		return len(rest) == 0 || strings.IndexByte(" \t\r\n,[]{}\"'", rest[0]) >= 0
	}
	return false
}

// problemAt returns a problem about the character at a byte offset of data.
func problemAt(file string, data []byte, offset int, message string) *Problem {
	before := data[:min(offset, len(data))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return &Problem{File: file, Line: line, Column: column, Message: message}
}

func parseYAML(file string, data []byte) (*yaml.Node, *Problem) {
	limits := loaderlimits.New(loaderlimits.DepthValue(maxDepth), loaderlimits.AliasNone())
	loader, err := yaml.NewLoader(bytes.NewReader(data), yaml.WithPlugin(limits))
	if err != nil {
		return nil, &Problem{File: file, Message: err.Error()}
	}
	var document yaml.Node
	if err := loader.Load(&document); err != nil {
		return nil, yamlProblem(file, err)
	}
	var second yaml.Node
	switch err := loader.Load(&second); {
	case err == nil:
		return nil, &Problem{File: file, Line: second.Line, Column: second.Column,
			Message: "expected one document, found a second one"}
	case !errors.Is(err, io.EOF):
		return nil, yamlProblem(file, err)
	}
	if document.Kind != yaml.DocumentNode || len(document.Content) != 1 {
		return nil, emptyDocument(file)
	}
	return document.Content[0], nil
}

func emptyDocument(file string) *Problem {
	return &Problem{File: file, Line: 1, Column: 1, Message: "the file is empty: expected one YAML or JSON document"}
}

func yamlProblem(file string, err error) *Problem {
	if errors.Is(err, io.EOF) {
		return emptyDocument(file)
	}
	p := &Problem{File: file, Line: 1, Column: 1, Message: "not YAML: " + err.Error()}
	if load, ok := errors.AsType[*yaml.LoadError](err); ok {
		p.Message = "not YAML: " + load.Message
		p.Line, p.Column = max(load.Mark.Line, 1), max(load.Mark.Column, 1)
	}
	return p
}

// Document returns the root of the one YAML or JSON document in data, with the bounds of a questionnaire file: no
// larger than MaxSize, not nested deeper than 64 levels, aliases bounded once they are expanded. The error is Problems
// with the one place that cannot be read, or an assessment.Error of code TooLarge. name stands for the file.
func Document(name string, data []byte) (*yaml.Node, error) {
	if len(data) > MaxSize {
		return nil, TooLarge(name, MaxSize)
	}
	root, problem := parse(name, data)
	if problem != nil {
		return nil, Problems{*problem}
	}
	return root, nil
}

package azurearticle

import (
	"bytes"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"plumbline/assessment/words"
	"plumbline/content/foreign"
)

// maxFront is the largest front matter that is read, in bytes; real ones have less than one thousand.
const maxFront = 16 << 10

// front is what the head of an article says.
type front struct {
	title, description, date string
}

var frontLine = foreign.LazyRegexp(`(?m)^(title|description|ms\.date):[ \t]*(.*)$`)

// front reads the head of the article, and returns the rest at the same places: the head is blank there.
func (r *reader) front() (front, []byte) {
	first, _, _ := bytes.Cut(r.source, []byte("\n"))
	if strings.TrimRight(string(first), " \t") != "---" {
		r.lose(nowhere, "", "the article has no front matter")
		return front{}, r.source
	}
	start := min(len(first)+1, len(r.source))
	end, next, last := len(r.source), len(r.source), bytes.LastIndex(r.source, []byte("\n---"))
	for at := start; at < len(r.source); {
		row, _, _ := bytes.Cut(r.source[at:], []byte("\n"))
		mark := strings.TrimRight(string(row), " \t")
		if mark == "---" || mark == "..." {
			end, next = at, min(at+len(row)+1, len(r.source))
			break
		}
		if mark == "" && last < at {
			end, next = at, at
			r.lose(at, "", "the front matter has no end: it is read up to here")
			break
		}
		at += len(row) + 1
	}
	body := slices.Clone(r.source)
	for i := range body[:next] {
		if body[i] != '\n' {
			body[i] = ' '
		}
	}
	return r.readFront(start, r.source[start:max(start, end)]), body
}

func (r *reader) readFront(start int, data []byte) front {
	var found front
	fields := map[string]*string{"title": &found.title, "description": &found.description, "ms.date": &found.date}
	var document yaml.Node
	var err error
	if len(data) <= maxFront {
		err = yaml.Unmarshal(data, &document)
	}
	if err != nil || len(data) > maxFront || len(document.Content) != 1 || document.Content[0].Kind != yaml.MappingNode {
		r.lose(start, "", "the front matter is not a YAML mapping: only title, description and date are read")
		for _, m := range frontLine().FindAllSubmatch(data[:min(len(data), maxFront)], -1) {
			if field := fields[string(m[1])]; *field == "" {
				*field = tidy(strings.Trim(string(m[2]), `"' `))
			}
		}
		return found
	}
	seen := map[string]bool{}
	var others []string
	content := document.Content[0].Content
	for i := 0; i+1 < len(content); i += 2 {
		key, value := content[i], content[i+1]
		field, known := fields[key.Value]
		switch {
		case seen[key.Value]:
			r.lose(r.inFront(start, key), "", "the key %s is already used: left out", foreign.Shorten(key.Value))
		case known && value.Kind == yaml.ScalarNode:
			*field = tidy(value.Value)
		default:
			others = append(others, foreign.Clip(key.Value))
		}
		seen[key.Value] = true
	}
	if len(others) > 0 {
		r.lose(start, "", "unsupported front matter keys: %s", words.Cut(strings.Join(others, ", "), foreign.MaxLine))
	}
	return found
}

// inFront returns the offset of a node of the front matter.
func (r *reader) inFront(start int, n *yaml.Node) int {
	line, _ := r.place(start)
	return r.lines[min(line-1+max(n.Line, 1)-1, len(r.lines)-1)]
}

// tidy returns a text on one line, without what a questionnaire cannot hold.
func tidy(s string) string {
	w := &writer{lines: []line{{}}}
	w.write(s)
	return strings.TrimSpace(words.Cut(string(w.text), foreign.MaxLine))
}

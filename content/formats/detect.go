package formats

import (
	"bytes"
	"path"
	"slices"
	"strings"
)

// Detect returns the format that a file seems to be of: by what it holds, and only then by the ending of its name,
// where a single format has that ending. ok is false where nothing tells.
func Detect(name string, data []byte) (f Format, ok bool) {
	all := every()
	for _, f := range all {
		if f.like(data) {
			return f, true
		}
	}
	ending := strings.ToLower(path.Ext(name))
	has := func(f Format) bool { return slices.Contains(f.Endings, ending) }
	i := slices.IndexFunc(all, has)
	if i < 0 || slices.ContainsFunc(all[i+1:], has) {
		return Format{}, false
	}
	return all[i], true
}

// ByKind returns a format by its kind, our own included.
func ByKind(kind string) (f Format, ok bool) {
	for _, f := range every() {
		if f.Kind == kind {
			return f, true
		}
	}
	return Format{}, false
}

// keys returns a sign that all these keys stand in a file, written as JSON or as YAML.
func keys(names ...string) func(data []byte) bool {
	return func(data []byte) bool {
		for _, name := range names {
			if !hasKey(data, name) {
				return false
			}
		}
		return true
	}
}

// hasKey reports whether a key stands in a file: in quotes as in JSON, or at the beginning of a line as in YAML. It finds
// out in one pass, because files are large and nobody has looked at them yet.
func hasKey(data []byte, name string) bool {
	for from := 0; ; from += len(name) {
		at := bytes.Index(data[from:], []byte(name))
		if at < 0 {
			return false
		}
		from += at
		if isKey(data[:from], data[from+len(name):]) {
			return true
		}
	}
}

// isKey reports whether a word is a key by what stands before and after it.
func isKey(before, after []byte) bool {
	bare, quoted := bytes.CutSuffix(before, []byte(`"`))
	if !quoted {
		bare = bytes.TrimSuffix(before, []byte("'"))
	}
	value, closed := bytes.CutPrefix(after, []byte(`"`))
	if !closed {
		value = bytes.TrimPrefix(after, []byte("'"))
	}
	if value = bytes.TrimLeft(value, " \t\r\n"); len(value) == 0 || value[0] != ':' {
		return false
	}
	indent := bytes.TrimRight(bare, " \t-")
	return quoted && closed || len(indent) == 0 || indent[len(indent)-1] == '\n'
}

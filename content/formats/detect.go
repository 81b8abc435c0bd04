package formats

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// Detect returns the format that a file seems to be of: by what it holds, and only then by the ending of its name,
// where a single format has that ending. ok is false where nothing tells.
func Detect(name string, data []byte) (f Format, ok bool) {
	every := append([]Format{Own()}, All()...)
	for _, f := range every {
		if f.like(data) {
			return f, true
		}
	}
	ending := strings.ToLower(path.Ext(name))
	has := func(f Format) bool { return slices.Contains(f.Endings, ending) }
	i := slices.IndexFunc(every, has)
	if i < 0 || slices.ContainsFunc(every[i+1:], has) {
		return Format{}, false
	}
	return every[i], true
}

// ByKind returns a format by its kind, our own included.
func ByKind(kind string) (f Format, ok bool) {
	for _, f := range append([]Format{Own()}, All()...) {
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
			key := regexp.QuoteMeta(name)
			if !regexp.MustCompile(`(?m)"` + key + `"\s*:|^[ \t-]*['"]?` + key + `['"]?\s*:`).Match(data) {
				return false
			}
		}
		return true
	}
}

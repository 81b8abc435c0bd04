package samm

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/foreign"
)

// gathering is the files of a model before they are read.
type gathering struct {
	reader
	name    string
	files   []source
	licence string // first line of a licence file
	size    int    // bytes of all files
}

// source is one file as it stands.
type source struct {
	path string
	data []byte
}

// take adds a file, if it is one that says something about the model.
func (g *gathering) take(file string, data []byte) error {
	if isLicence(file) && g.licence == "" && !isYAML(file) {
		first, _, _ := strings.Cut(strings.TrimSpace(string(data[:min(len(data), 4_000)])), "\n")
		g.licence = strings.ToValidUTF8(first, "")
		return nil
	}
	if !isYAML(file) {
		return nil
	}
	if g.size += len(data); g.size > content.MaxSize {
		return assessment.Errorf(assessment.TooLarge, "%s contains more than %d MiB of YAML", g.name, content.MaxSize>>20)
	}
	if len(g.files) == maxFiles {
		return content.Problems{{File: g.name, Message: fmt.Sprintf("expected at most %d YAML files", maxFiles)}}
	}
	g.files = append(g.files, source{file, data})
	return nil
}

// kindOfFolder is what the key `type` of the files in a folder of the model says.
var kindOfFolder = map[string]kind{
	"business_functions": functionKind, "security_practices": practiceKind, "streams": streamKind, "practice_levels": levelKind,
	"maturity_levels": maturityKind, "activities": activityKind, "questions": questionKind, "answer_sets": answersKind,
}

// root returns the folder that holds the folders of the model, with the shortest and then the first path where there
// are several.
func (g *gathering) root() string {
	var roots []string
	for _, f := range g.files {
		folder := path.Dir(f.path)
		if path.Base(folder) == "business_functions" && !slices.Contains(roots, path.Dir(folder)) {
			roots = append(roots, path.Dir(folder))
		}
	}
	slices.SortFunc(roots, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
	if len(roots) == 0 {
		return "."
	}
	for _, other := range roots[1:] {
		g.lose(fmt.Sprintf("%s: another model, left out: the one in %s is read", foreign.Clip(other), foreign.Clip(roots[0])), nil)
	}
	return roots[0]
}

// questionnaire reads the files.
func (g *gathering) questionnaire() (*assessment.Questionnaire, content.Losses, error) {
	root := g.root()
	slices.SortFunc(g.files, func(a, b source) int { return strings.Compare(a.path, b.path) })
	m := model{reader: &g.reader, files: map[kind]map[string]*file{}}
	var problems content.Problems
	marks := 0
	for _, f := range g.files {
		short, inside := within(root, f.path)
		if !inside {
			continue
		}
		name := g.name + "/" + f.path
		if marks += complexity(f.data); marks > maxMarks {
			return nil, nil, content.Problems{{File: name, Message: fmt.Sprintf("up to here there are more than %d lines and values: the model is too complex", maxMarks)}}
		}
		node, err := content.Document(name, f.data)
		if found, ok := errors.AsType[content.Problems](err); ok {
			problems = append(problems, found...)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		one := &file{path: short, source: f.path, root: node, reader: &g.reader}
		problems = append(problems, one.read(name)...)
		if len(problems) == 0 {
			m.add(one)
		}
		if len(problems) > maxProblems {
			break
		}
	}
	if len(problems) > 0 {
		return nil, nil, problems.First()
	}
	if len(m.files[functionKind]) == 0 {
		return nil, nil, content.Problems{{File: g.name, Message: "this is not a SAMM model: expected a folder business_functions with at least one YAML file"}}
	}
	q, err := m.questionnaire(g.name, g.licence)
	if err != nil {
		return nil, nil, err
	}
	checked, err := foreign.Checked(g.name, q)
	return checked, g.sorted(), err
}

// within returns a path below a folder.
func within(root, file string) (string, bool) {
	if root == "." {
		return file, true
	}
	return strings.CutPrefix(file, root+"/")
}

const maxProblems = 1_000

// maxMarks bounds the values of all files together.
const maxMarks = 150_000

// complexity is at least the number of values in a file.
func complexity(data []byte) int {
	marks := 1
	for _, mark := range []string{"\n", ",", "[", "{", ":", "- ", "?"} {
		marks += bytes.Count(data, []byte(mark))
	}
	return marks
}

// file is one file of the model, its keys read.
type file struct {
	*reader
	path   string // from the folder of the model
	source string // from the folder or archive that is imported
	root   *yaml.Node
	keys   []string
	at     map[string]*yaml.Node // the value of each key
	used   map[string]bool
	linked []assessment.Link // what its texts link to
	id     string            // as a reference
}

// read finds the keys of a file. A key that comes twice and an alias are problems.
func (f *file) read(name string) content.Problems {
	f.at, f.used = map[string]*yaml.Node{}, map[string]bool{}
	problems := f.refused(name, f.root)
	if f.root.Kind != yaml.MappingNode {
		return append(problems, content.Problem{File: name, Line: f.root.Line, Column: f.root.Column, Message: "expected keys with values, found " + describe(f.root)})
	}
	for i := 0; i+1 < len(f.root.Content); i += 2 {
		key := f.root.Content[i]
		f.keys = append(f.keys, key.Value)
		f.at[key.Value] = f.root.Content[i+1]
	}
	return problems
}

// refused says where a file has keys twice, or aliases.
func (f *file) refused(name string, n *yaml.Node) content.Problems {
	at := func(n *yaml.Node, message string) content.Problems {
		return content.Problems{{File: name, Line: n.Line, Column: n.Column, Message: message}}
	}
	if n.Kind == yaml.AliasNode {
		return at(n, "aliases are not supported: SAMM's files have none")
	}
	var problems content.Problems
	first := map[string]*yaml.Node{}
	for i, child := range n.Content {
		problems = append(problems, f.refused(name, child)...)
		if n.Kind != yaml.MappingNode || i%2 == 1 {
			continue
		}
		if child.Kind != yaml.ScalarNode {
			problems = append(problems, at(child, "expected text as a key, found "+describe(child))...)
			continue
		}
		if before, twice := first[child.Value]; twice {
			problems = append(problems, at(child, fmt.Sprintf("the key %s is already used, on line %d column %d", foreign.Shorten(child.Value), before.Line, before.Column))...)
		}
		first[child.Value] = child
	}
	return problems
}

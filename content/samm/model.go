package samm

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"

	"plumbline/content/foreign"
)

// kind is what a file of the model is about, as its key `type` says.
type kind string

const (
	functionKind kind = "Function"
	practiceKind kind = "Practice"
	streamKind   kind = "Stream"
	levelKind    kind = "PracticeLevel"
	maturityKind kind = "MaturityLevel"
	activityKind kind = "Activity"
	questionKind kind = "Question"
	answersKind  kind = "AnswerSet"
)

// kindWords are how messages name the kinds.
var kindWords = map[kind]string{
	functionKind: "business function", practiceKind: "security practice", streamKind: "stream", levelKind: "practice level",
	maturityKind: "maturity level", activityKind: "activity", questionKind: "question", answersKind: "answer set",
}

// model is all files by kind and id.
type model struct {
	*reader
	files map[kind]map[string]*file
	sets  map[*file]answerSet // those that questions name
	ids   struct{ pillars, principles, questions, practices foreign.TakenIDs }

	practices int
}

// add files a file under what it is about. What it is not sure about is a loss.
func (m *model) add(f *file) {
	said, v := f.text("type")
	k, known := kind(said), false
	if _, known = kindWords[k]; !known {
		folder := path.Base(path.Dir(f.path))
		if k, known = kindOfFolder[folder]; !known {
			v.lose("not a file type of the model: %s; the file is left out", foreign.Shorten(said))
			return
		}
		if said == "" {
			f.whole().lose("the file has no type: read as %s, based on its folder", kindWords[k])
		} else {
			v.lose("not a file type of the model: %s; read as %s, based on its folder", foreign.Shorten(said), kindWords[k])
		}
	}
	id, v := f.text("id")
	if f.id = v.line(); f.id == "" || id == "" {
		v.lose("the %s has no ID that others can refer to: the file is left out", kindWords[k])
		return
	}
	if m.files[k] == nil {
		m.files[k] = map[string]*file{}
	}
	if first, twice := m.files[k][id]; twice {
		v.lose("the ID %s is already used by %s: the file is left out", foreign.Shorten(id), first.path)
		return
	}
	m.files[k][id] = f
}

// refers returns the file that a key names; where there is none, that is a loss with what happens to it.
func (m *model) refers(f *file, key string, k kind, consequence string) *file {
	id, v := f.text(key)
	if id == "" {
		v.lose("expected the ID of a %s, found nothing: %s", kindWords[k], consequence)
		return nil
	}
	named, ok := m.files[k][id]
	if !ok {
		v.lose("no file of the model has the %s %s: %s", kindWords[k], foreign.Shorten(id), consequence)
	}
	return named
}

// all returns the files of a kind by path.
func (m *model) all(k kind) []*file {
	return slices.SortedFunc(maps.Values(m.files[k]), func(a, b *file) int { return cmp.Compare(a.path, b.path) })
}

// children returns the files of a kind by the file that each names under a key, each list by order and then by path.
func (m *model) children(k kind, key string, of kind) map[*file][]*file {
	byParent := map[*file][]*file{}
	for _, f := range m.all(k) {
		if parent := m.refers(f, key, of, fmt.Sprintf("the %s is left out", kindWords[k])); parent != nil {
			byParent[parent] = append(byParent[parent], f)
		}
	}
	for _, files := range byParent {
		byOrder(files)
	}
	return byParent
}

// byOrder sorts files by their key `order`; those without one stay at the end, by path.
func byOrder(files []*file) {
	order := map[*file]float64{}
	for _, f := range files {
		n, ok := f.number("order")
		if !ok {
			n = 1e9
		}
		order[f] = n
	}
	slices.SortStableFunc(files, func(a, b *file) int { return cmp.Compare(order[a], order[b]) })
}

package live

import (
	"slices"
	"strings"
)

// present is a person who is answering in the same assessment.
type present struct {
	Name  string `json:"name"`
	Where string `json:"where"` // in words
}

// presentFor lists the others who are on a page of the walk and may answer, each once, by name. A person with several
// such pages is on the visitor's, if one of them is, else on the one opened last.
func (rs *rooms) presentFor(r *room, visitor *listener) []present {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	at := map[string]*listener{}
	for _, l := range r.inside {
		if l.user == visitor.user || l.principle == "" || !l.answers {
			continue
		}
		if known := at[l.user]; known == nil || known.principle != visitor.principle {
			at[l.user] = l
		}
	}
	list := make([]present, 0, len(at))
	for _, l := range at {
		where := l.title
		if l.principle == visitor.principle {
			where = "on this page"
		}
		list = append(list, present{l.name, where})
	}
	slices.SortFunc(list, func(a, b present) int { return strings.Compare(a.Name+"\n"+a.Where, b.Name+"\n"+b.Where) })
	return list
}

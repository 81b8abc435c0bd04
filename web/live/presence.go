package live

import (
	"slices"
	"strings"

	"plumbline/assessment"
)

// present is a person who is answering in the same assessment.
type present struct {
	Name  string `json:"name"`
	Where string `json:"where"` // in words
}

// presentFor lists the others who are on a page of the walk and may answer, each once, by name. A person with several
// such pages is on the visitor's, if one of them is, else on the one opened last.
func (h *hub) presentFor(c *channel, visitor *subscriber) []present {
	h.mu.Lock()
	defer h.mu.Unlock()
	at := map[string]*subscriber{}
	for _, s := range c.subscribers {
		if s.user == visitor.user || s.principle == "" || !s.answers {
			continue
		}
		if known := at[s.user]; known == nil || known.principle != visitor.principle {
			at[s.user] = s
		}
	}
	list := make([]present, 0, len(at))
	for _, s := range at {
		where := s.title
		if s.principle == visitor.principle {
			where = "on this page"
		}
		list = append(list, present{s.name, where})
	}
	slices.SortFunc(list, func(a, b present) int { return strings.Compare(a.Where, b.Where) })
	assessment.SortByName(list, func(p present) string { return p.Name })
	return list
}

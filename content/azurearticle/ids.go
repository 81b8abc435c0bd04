package azurearticle

import "strings"

// maxSlug leaves room for what is appended to an id.
const maxSlug = 80

// slug returns words as an id: lower case, with hyphens, cut between words.
func slug(words string) string {
	parts := strings.FieldsFunc(strings.ToLower(words), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '.'
	})
	id := ""
	for _, part := range parts {
		part = strings.Trim(part, ".")
		switch {
		case part == "":
		case id == "":
			id = part[:min(len(part), maxSlug)]
		case len(id)+1+len(part) > maxSlug:
			return id
		default:
			id += "-" + part
		}
	}
	if id == "" {
		return "draft"
	}
	return id
}

package content

import "plumbline/assessment"

const idExpected = "expected an ID (a letter or digit, then up to 127 letters, digits, _ . -), found %s"

// id returns the id of a mapping.
func (m mapping) id() string {
	id := m.title("id")
	if id != "" && !assessment.IsID(id) {
		m.fields["id"].complain(idExpected, shorten(id))
	}
	return id
}

// ids returns a list of IDs, each once; none where the key is missing.
func (m mapping) ids(key string, limit int) []string {
	var ids []string
	seen := map[string]bool{}
	for _, v := range m.items(key, "a list of IDs", limit) {
		id, ok := v.text(MaxLine, false)
		switch {
		case ok && !assessment.IsID(id):
			v.complain(idExpected, shorten(id))
		case ok && seen[id]:
			v.complain("%s is already in this list", shorten(id))
		}
		seen[id] = true
		ids = append(ids, id)
	}
	return ids
}

// version returns a semantic version, empty where the key is missing.
func (m mapping) version(key string) string {
	v, ok := m.fields[key]
	if !ok {
		return ""
	}
	version, ok := v.text(MaxLine, false)
	if ok && !assessment.IsVersion(version) {
		v.complain("expected a semantic version such as 1.0.0, found %s", shorten(version))
	}
	return version
}

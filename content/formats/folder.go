package formats

import (
	"io/fs"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/samm"
)

// Folder returns what reads a format that is a folder of files rather than one file; ok is false where it is one file.
func Folder(kind string) (read func(name string, folder fs.FS) (*assessment.Questionnaire, content.Losses, error), ok bool) {
	if kind == sammKind {
		return samm.ImportFS, true
	}
	return nil, false
}

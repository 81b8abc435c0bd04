package assessment

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// MaxDraftLife is how long an import waits for the person who made it to accept it.
const MaxDraftLife = 24 * time.Hour

// MaxDrafts is how many imports of one person wait at most; the oldest goes first.
const MaxDrafts = 10

// maxIdentityText is the limit of a title or a licence, in characters, as in the files.
const maxIdentityText = 1_000

// FileFormat is a format of files that questionnaires are read from.
type FileFormat struct {
	Kind    string
	Title   string   // for people
	Endings []string // of the names of such files, each with its dot
	Limit   int64    // bytes of a file
}

// Remark is something that is said about one place of a file.
type Remark struct {
	Line    int    `json:"line,omitempty"`   // from 1; 0 where the file as a whole is meant
	Column  int    `json:"column,omitempty"` // from 1, in characters; 0 likewise
	Path    string `json:"path,omitempty"`   // for example pillars[0].title
	Message string `json:"message"`
}

// RefusedFile is a file that could not be read, with everything that is wrong with it. As an error its code is Invalid.
type RefusedFile struct {
	Problems []Remark // never empty
}

// Error returns all messages, one a line.
func (r *RefusedFile) Error() string {
	lines := make([]string, len(r.Problems))
	for i, p := range r.Problems {
		lines[i] = fmt.Sprintf("%d:%d: %s: %s", p.Line, p.Column, p.Path, p.Message)
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns what the problems amount to for somebody who needs no places.
func (r *RefusedFile) Unwrap() error {
	return Errorf(Invalid, "The file cannot be used: %d problems", len(r.Problems))
}

// ImportDraft is a file that was read as a questionnaire, until the person who did it accepts it.
type ImportDraft struct {
	ID            string
	Account       string // id of the person
	Kind          string // of the format
	FileName      string
	CreatedAt     time.Time
	Questionnaire *Questionnaire
	Losses        []Remark // what the questionnaire does not hold of the file, in the order of the file
}

// QuestionnaireIdentity is what may be changed of a questionnaire when it is added to the library.
type QuestionnaireIdentity struct {
	ID      string
	Version string
	Title   string
	Licence string // may be empty
}

// QuestionnaireIdentityOf returns what a questionnaire says itself.
func QuestionnaireIdentityOf(q *Questionnaire) QuestionnaireIdentity {
	return QuestionnaireIdentity{ID: q.ID, Version: q.Version, Title: q.Title, Licence: q.Source.Licence}
}

// In returns a copy of the questionnaire with this identity; the rest is shared.
func (i QuestionnaireIdentity) In(q *Questionnaire) *Questionnaire {
	edited := *q
	edited.ID, edited.Version, edited.Title, edited.Source.Licence = i.ID, i.Version, i.Title, i.Licence
	return &edited
}

// CheckQuestionnaireIdentity returns the identity with its texts trimmed, and Errors on the fields id, version, title
// and licence.
func CheckQuestionnaireIdentity(i QuestionnaireIdentity) (QuestionnaireIdentity, error) {
	var c FieldErrors
	i.ID, i.Version = strings.TrimSpace(i.ID), strings.TrimSpace(i.Version)
	i.Title = c.name("title", "Title", oneLine(i.Title), maxIdentityText)
	c.Add(Required("id", "ID", i.ID))
	if !IsID(i.ID) {
		c.Add(InvalidField("id", fmt.Sprintf(
			"ID must start with a letter or a digit, followed by letters, digits, “_”, “.” or “-”; at most %d characters", MaxID)))
	}
	c.Add(Required("version", "Version", i.Version))
	if len(i.Version) > MaxID || !IsVersion(i.Version) {
		c.Add(InvalidField("version", "Enter three numbers, such as 1.0.0, as the version"))
	}
	i.Licence = c.text("licence", "License", oneLine(i.Licence), maxIdentityText, false)
	return i, c.Err()
}

// oneLine puts a space where a text has a tab, which a form's line may hold but a title may not.
func oneLine(s string) string { return strings.ReplaceAll(s, "\t", " ") }

// versionPattern is the one of semver.org.
var versionPattern = regexp.MustCompile(`^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)` +
	`(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?` +
	`(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$`)

// IsVersion reports whether s is a semantic version such as 1.0.0.
func IsVersion(s string) bool { return versionPattern.MatchString(s) }

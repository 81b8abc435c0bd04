// Package typed carries on what somebody typed into a form whose session had ended: through the sign-in, and back into the
// form. Nothing of it is carried out: the person presses the button of the form again.
package typed

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"math"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// MaxForm bounds what is carried on of one form, in bytes as browsers send it.
	MaxForm = 256 << 10
	// MaxCarried bounds a form that carries that, with the names that its fields have meanwhile.
	MaxCarried = MaxForm + 64<<10

	maxFields = 1000
	maxFiles  = 5
	longest   = 200      // characters of the name of a file
	maxPart   = 64 << 10 // bytes of what stands before the value of a field
)

// Names of the hidden fields that carry a form.
const (
	prefix      = "typed."
	fieldAction = "typed-action"
	fieldFile   = "typed-file"
	fieldOwner  = "typed-owner"
)

// Secrets are the names of fields that hold passwords, which are typed anew.
var Secrets = []string{"password", "current"}

// Form is what was typed into a form.
type Form struct {
	Action   string // own path and query that it was sent to; empty for no form
	Fields   url.Values
	Files    []string // names of files, which only the person can choose again
	Owner    string   // who typed it, sealed; empty where nobody knows
	TooLarge bool     // Fields are not there, as they were too much
}

// Field is one value of a form.
type Field struct{ Name, Value string }

// Read returns the form that a request brings, without its passwords and the content of files. It holds no more of it
// than is carried on, but reads it to its end: a browser shows an answer only when it has sent everything.
func Read(r *http.Request) Form {
	f := Form{Action: r.URL.RequestURI(), Fields: url.Values{}}
	rest := r.Body
	defer func() { _, _ = io.Copy(io.Discard, rest) }()
	var err error
	switch media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); media {
	case "multipart/form-data":
		err = f.readParts(r)
	case "application/x-www-form-urlencoded":
		err = f.readFields(r)
	}
	for _, name := range Secrets {
		f.Fields.Del(name)
	}
	if err != nil || f.size() > MaxForm || len(f.List()) > maxFields {
		f.TooLarge, f.Fields = true, url.Values{}
	}
	return f
}

func (f *Form) readFields(r *http.Request) error {
	text, err := io.ReadAll(io.LimitReader(r.Body, MaxForm+1))
	if err != nil {
		return err
	}
	if len(text) > MaxForm || bytes.Count(text, []byte("&")) >= maxFields {
		return errTooLarge
	}
	f.Fields, err = url.ParseQuery(string(text))
	return err
}

// readParts reads a form with files.
func (f *Form) readParts(r *http.Request) error {
	body := &bounded{Reader: r.Body}
	r.Body = io.NopCloser(body)
	parts, err := r.MultipartReader()
	if err != nil {
		return err
	}
	left := MaxForm
	for range maxFields {
		body.left = maxPart
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		body.left = math.MaxInt
		if isFile(part) {
			f.addFile(part.FileName())
			if _, err := io.Copy(io.Discard, part); err != nil {
				return err
			}
			continue
		}
		value, err := io.ReadAll(io.LimitReader(part, int64(left)+1))
		if err != nil {
			return err
		}
		if left -= len(part.FormName()) + len(value); left < 0 {
			return errTooLarge
		}
		f.Fields.Add(part.FormName(), string(value))
	}
	return errTooLarge
}

// bounded reads so many bytes more.
type bounded struct {
	io.Reader
	left int
}

// Read reads, or fails where it would be more.
func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLarge
	}
	n, err := b.Reader.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

var errTooLarge = errors.New("the form is too large to be carried")

// isFile: a control for a file says so even where none is chosen.
func isFile(part *multipart.Part) bool {
	return part.FileName() != "" || part.Header.Get("Content-Type") != ""
}

func (f *Form) addFile(name string) {
	if name == "" || len(f.Files) == maxFiles {
		return
	}
	if runes := []rune(clean(name)); len(runes) > longest {
		name = string(runes[:longest])
	}
	f.Files = append(f.Files, clean(name))
}

func (f *Form) size() int { return len(f.Fields.Encode()) }

// List returns the values of the form by their names, as a page can hold them.
func (f *Form) List() []Field {
	var list []Field
	for _, name := range slices.Sorted(maps.Keys(f.Fields)) {
		for _, value := range f.Fields[name] {
			list = append(list, Field{clean(name), clean(value)})
		}
	}
	return list
}

// clean makes a text of bytes that are none.
func clean(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// Hidden returns the fields by which another form carries this one.
func (f *Form) Hidden() []Field {
	if f.Action == "" {
		return nil
	}
	hidden := []Field{{fieldAction, f.Action}}
	if f.Owner != "" {
		hidden = append(hidden, Field{fieldOwner, f.Owner})
	}
	for _, name := range f.Files {
		hidden = append(hidden, Field{fieldFile, name})
	}
	for _, field := range f.List() {
		hidden = append(hidden, Field{prefix + field.Name, field.Value})
	}
	return hidden
}

// Carried returns the form that another one carries, and what that one holds of its own.
func Carried(values url.Values) (f Form, own url.Values) {
	f, own = Form{Fields: url.Values{}}, url.Values{}
	for name, all := range values {
		switch typed, is := strings.CutPrefix(name, prefix); {
		case is:
			f.Fields[typed] = all
		case name == fieldAction:
			f.Action = all[0]
		case name == fieldOwner:
			f.Owner = all[0]
		case name == fieldFile:
			f.Files = all[:min(len(all), maxFiles)]
		default:
			own[name] = all
		}
	}
	return f, own
}

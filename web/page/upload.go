package page

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"path"
	"strings"

	"plumbline/assessment"
)

// Limits of a form with a file, in bytes.
const (
	MaxUploaded   = 5 << 20             // the file
	MaxUpload     = MaxUploaded + 8<<10 // the form around it too
	maxBesideFile = 1 << 10             // any other field of it; more is cut off
)

// TooLargeToUpload is what people are told about a file over the limit.
var TooLargeToUpload = fmt.Sprintf("Choose a file of at most %d MiB", MaxUploaded>>20)

// Upload is a form with a file.
type Upload struct {
	Name   string // of the file, as it can be shown and stored
	Data   []byte // empty where none was sent
	Beside string // what the field beside the file holds
}

// ReadUpload reads a form with a file in one field and a choice in another one, part by part and never to the disk. A
// second file, and fields that nobody asked for, are passed over. The error is TooLarge or Invalid; what came before it
// is there.
func ReadUpload(r *http.Request, file, beside string) (Upload, error) {
	var u Upload
	parts, err := r.MultipartReader()
	if err != nil {
		return u, nil // another kind of form has no file
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return u, nil
		}
		if err == nil {
			err = u.take(part, file, beside)
		}
		if err != nil {
			return u, notUploaded(err)
		}
	}
}

// take reads one part of the form.
func (u *Upload) take(part *multipart.Part, file, beside string) error {
	switch part.FormName() {
	case beside:
		value, err := io.ReadAll(io.LimitReader(part, maxBesideFile))
		u.Beside = string(value)
		return err
	case file:
		if u.Data != nil || part.FileName() == "" {
			return nil
		}
		data, err := io.ReadAll(io.LimitReader(part, MaxUploaded+1))
		if err == nil && len(data) > MaxUploaded {
			return assessment.Errorf(assessment.TooLarge, "%s", TooLargeToUpload)
		}
		u.Name, u.Data = UploadedName(part.FileName()), data
		return err
	}
	return nil
}

func notUploaded(err error) error {
	if known, ok := errors.AsType[*assessment.Error](err); ok {
		return known
	}
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return assessment.Wrap(assessment.TooLarge, err, TooLargeToUpload)
	}
	return assessment.Wrap(assessment.Invalid, err, "The file upload was incomplete. Choose the file again")
}

// UploadedName is what a file is called without folders, as it can be shown and stored.
func UploadedName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F {
			return -1
		}
		return r
	}, path.Base(strings.ReplaceAll(Printable(name), `\`, "/")))
	if name == "" || name == "." || name == "/" {
		return "the file"
	}
	return Shortened(name, assessment.MaxShort)
}

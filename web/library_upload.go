package web

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"path"
	"strings"

	"plumbline/assessment"
	"plumbline/templates"
)

// Limits of an import, in bytes.
const (
	maxUploaded = 5 << 20             // the file
	maxImport   = maxUploaded + 8<<10 // the form around it too
	maxField    = 1 << 10             // any other field of it
)

// upload is a file that was sent, with the format that was chosen for it.
type upload struct {
	format string // kind; empty to let the file tell
	name   string
	data   []byte
}

// readUpload reads a form with a file, part by part and never to the disk. Where the error is TooLarge, what came before
// the file is there.
func readUpload(r *http.Request) (upload, error) {
	var u upload
	parts, err := r.MultipartReader()
	if errors.Is(err, http.ErrNotMultipart) || errors.Is(err, http.ErrMissingBoundary) {
		return u, nil
	}
	if err != nil {
		return u, assessment.Wrap(assessment.Invalid, err, "The form could not be read")
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return u, nil
		}
		if err == nil {
			err = u.take(part)
		}
		if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
			return u, assessment.Wrap(assessment.TooLarge, err, tooLargeToImport)
		}
		if known, ok := errors.AsType[*assessment.Error](err); ok {
			return u, known
		}
		if err != nil {
			return u, assessment.Wrap(assessment.Invalid, err, "The form could not be read")
		}
	}
}

var tooLargeToImport = fmt.Sprintf("File: at most %d MiB fit", maxUploaded>>20)

// take reads one part of the form. A second file, and fields that nobody asked for, are passed over.
func (u *upload) take(part *multipart.Part) error {
	switch part.FormName() {
	case templates.FieldFormat:
		value, err := io.ReadAll(io.LimitReader(part, maxField))
		u.format = string(value)
		return err
	case templates.FieldFile:
		if u.data != nil || part.FileName() == "" {
			return nil
		}
		data, err := io.ReadAll(io.LimitReader(part, maxUploaded+1))
		if err == nil && len(data) > maxUploaded {
			return assessment.Errorf(assessment.TooLarge, "%s", tooLargeToImport)
		}
		u.name, u.data = plainName(part.FileName()), data
		return err
	}
	return nil
}

// plainName is what a file is called without folders, as it can be shown and stored.
func plainName(name string) string {
	name = path.Base(strings.ReplaceAll(printable(name), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F {
			return -1
		}
		return r
	}, name)
	return shortened(name, assessment.MaxShort)
}

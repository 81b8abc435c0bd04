package web

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"

	"plumbline/assessment"
	"plumbline/templates"
)

// ReadReview reads the file of another assessment tool. It returns its rows, and what of it is not read, one line each.
// The error is an assessment.Error inside: TooLarge, or Invalid with a text that names line and column.
type ReadReview func(name string, data []byte) (review *assessment.OtherReview, losses []string, err error)

// Limits of an import of answers, in bytes.
const (
	maxReviewFile = 5 << 20
	maxReviewForm = maxReviewFile + 8<<10 // with the form around it
	maxReviewRows = 8 << 20               // the form of the rows, with the packed file in it
	maxChoice     = 1 << 10               // another field beside the file
)

// reviewFile is the file of another assessment, and how its rows are to be read. It travels with the forms: the server
// keeps nothing between them.
type reviewFile struct {
	name   string
	data   []byte
	open   assessment.Status // what a recommendation becomes that is not marked as done
	review *assessment.OtherReview
	losses []string
}

var reviewTooLarge = fmt.Sprintf("File: at most %d MiB fit", maxReviewFile>>20)

// readReviewFile reads the form with the file, part by part and never to the disk. What came before an error is there.
func readReviewFile(r *http.Request) (reviewFile, error) {
	var f reviewFile
	parts, err := r.MultipartReader()
	if err != nil {
		return f, nil
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return f, nil
		}
		var data []byte
		if err == nil {
			data, err = io.ReadAll(io.LimitReader(part, maxReviewFile+1))
		}
		switch {
		case err != nil:
			return f, unreadable(err)
		case len(data) > maxReviewFile:
			return f, assessment.Errorf(assessment.TooLarge, "%s", reviewTooLarge)
		case part.FormName() == templates.FieldReviewFile && f.data == nil:
			f.name, f.data = uploadedName(part.FileName()), data
		case part.FormName() == templates.FieldReviewOpen:
			f.open = openStatus(string(data[:min(len(data), maxChoice)]))
		}
	}
}

func unreadable(err error) error {
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return assessment.Wrap(assessment.TooLarge, err, reviewTooLarge)
	}
	return assessment.Wrap(assessment.Invalid, err, "File: it did not arrive whole; send it again")
}

// openStatus reads what a recommendation becomes that is not marked as done: not yet, or nothing.
func openStatus(choice string) assessment.Status {
	if choice == string(assessment.Absent) {
		return assessment.Absent
	}
	return assessment.Unanswered
}

// uploadedName is what a file is called without folders, as it can be shown.
func uploadedName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F {
			return -1
		}
		return r
	}, path.Base(strings.ReplaceAll(printable(name), `\`, "/")))
	if characters := []rune(name); len(characters) > assessment.MaxShort {
		name = string(characters[:assessment.MaxShort])
	}
	if name == "" || name == "." || name == "/" {
		return "the file"
	}
	return name
}

// read fills in the rows.
func (f *reviewFile) read(read ReadReview) (err error) {
	f.review, f.losses, err = read(f.name, f.data)
	return err
}

// title is what the other assessment is called.
func (f *reviewFile) title() string {
	if f.review.Title != "" {
		return f.review.Title
	}
	return f.name
}

// pack returns the file as a form can carry it.
func (f *reviewFile) pack() (string, error) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(f.data); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(packed.Bytes()), nil
}

// unpack is the reverse of pack. What did not come from pack is Invalid.
func unpack(text string) ([]byte, error) {
	lost := assessment.Errorf(assessment.Invalid, "The file did not come back with the form; choose it again")
	packed, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(packed) == 0 {
		return nil, lost
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, lost
	}
	data, err := io.ReadAll(io.LimitReader(r, maxReviewFile+1))
	if err != nil || len(data) > maxReviewFile {
		return nil, lost
	}
	return data, nil
}

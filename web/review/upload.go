package review

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"

	"plumbline/assessment"
	"plumbline/templates"
	"plumbline/web/page"
)

// ReadReview reads the file of another assessment tool. It returns its rows, and what of it is not read, one line each.
// The error is an assessment.Error inside: TooLarge, or Invalid with a text that names line and column.
type ReadReview func(name string, data []byte) (review *assessment.OtherReview, losses []string, err error)

// maxReviewRows bounds the form of the rows with the packed file in it, in bytes.
const maxReviewRows = 8 << 20

// reviewFile is the file of another assessment, and how its rows are to be read. It travels with the forms: the server
// keeps nothing between them.
type reviewFile struct {
	name   string
	data   []byte
	open   assessment.Status // what a recommendation becomes that is not marked as done
	review *assessment.OtherReview
	losses []string
}

// readReviewFile reads the form with the file. What came before an error is there.
func readReviewFile(r *http.Request) (reviewFile, error) {
	u, err := page.ReadUpload(r, templates.FieldReviewFile, templates.FieldReviewOpen)
	return reviewFile{name: u.Name, data: u.Data, open: openStatus(u.Beside)}, err
}

// openStatus reads what a recommendation becomes that is not marked as done: not yet, or nothing.
func openStatus(choice string) assessment.Status {
	if choice == string(assessment.Absent) {
		return assessment.Absent
	}
	return assessment.Unanswered
}

// read fills in the rows.
func (f *reviewFile) read(read ReadReview) (err error) {
	f.review, f.losses, err = read(f.name, f.data)
	if more := len(f.losses) - problemsListed; more > 0 {
		f.losses = append(f.losses[:problemsListed:problemsListed], fmt.Sprintf("%d more are not listed", more))
	}
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
	lost := assessment.Errorf(assessment.Invalid, "The form has no file. Choose the file to import")
	packed, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(packed) == 0 {
		return nil, lost
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, lost
	}
	data, err := io.ReadAll(io.LimitReader(r, page.MaxUploaded+1))
	if err != nil || len(data) > page.MaxUploaded {
		return nil, lost
	}
	return data, nil
}

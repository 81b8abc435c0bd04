package web

import (
	"errors"
	"io"

	"plumbline/assessment"
)

// noFiles is for servers that are given no formats: they read and write none.
type noFiles struct{}

var errNoFiles = errors.New("this server knows no formats of questionnaires")

func (noFiles) Formats() []assessment.FileFormat     { return nil }
func (noFiles) Detect(string, []byte) (string, bool) { return "", false }
func (noFiles) Import(string, string, []byte) (*assessment.Questionnaire, []assessment.Remark, error) {
	return nil, nil, errNoFiles
}
func (noFiles) WriteYAML(io.Writer, *assessment.Questionnaire) error { return errNoFiles }
func (noFiles) Lens(*assessment.Questionnaire) ([]byte, []assessment.Remark, error) {
	return nil, nil, errNoFiles
}

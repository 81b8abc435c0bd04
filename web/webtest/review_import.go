package webtest

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"

	"plumbline/assessment"
)

// SendReview sends a file as the form of the page does.
func (b *Browser) SendReview(path, name string, data []byte, fields map[string]string) Answer {
	b.T.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, value := range fields {
		if err := form.WriteField(field, value); err != nil {
			b.T.Fatal(err)
		}
	}
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		b.T.Fatal(err)
	}
	if _, err := part.Write(data); err != nil {
		b.T.Fatal(err)
	}
	if err := form.Close(); err != nil {
		b.T.Fatal(err)
	}
	return b.Send(http.MethodPost, path, http.Header{"Content-Type": {form.FormDataContentType()}}, &body)
}

func (b *Browser) Stored(id string) map[string]assessment.SavedAnswer {
	b.T.Helper()
	c, err := b.Store.Current(context.Background(), id)
	if err != nil {
		b.T.Fatal(err)
	}
	answers := map[string]assessment.SavedAnswer{}
	for practice, saved := range c.State.Answers {
		answers[practice] = *saved
	}
	return answers
}

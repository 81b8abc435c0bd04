package webtest

import "net/url"

// OneAnswer is what the script sends about the practice r2 of the small questionnaire.
func OneAnswer(change map[string]string) url.Values {
	form := url.Values{"version.r2": {"0"}, "status.r2": {"partial"}, "reason.r2": {""}, "note.r2": {""}}
	for name, value := range change {
		form.Set(name, value)
	}
	return form
}

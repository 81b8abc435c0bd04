package page

import (
	"cmp"
	"net/http"
	"slices"

	"plumbline/templates"
)

// ShowsAgain reports whether a form that was refused with the status is shown again, with what was typed.
func ShowsAgain(status int) bool {
	switch status {
	case http.StatusConflict, http.StatusUnprocessableEntity, http.StatusPreconditionRequired, http.StatusServiceUnavailable,
		http.StatusInsufficientStorage:
		return true
	}
	return false
}

// VersionAfter returns the version that a refused form goes on from: the stored one where the page shows that beside
// what was typed, else the one that the form saw, so that a conflict is still noticed once the form is right.
func VersionAfter(status, seen, stored int) int {
	if status == http.StatusConflict || status == http.StatusPreconditionRequired {
		return stored
	}
	return seen
}

// RefusalText says why a form that is right was not stored.
func RefusalText(status int) string {
	switch status {
	case http.StatusConflict:
		return "Somebody else changed this in the meantime, so nothing was done. It is shown as it is now; look at it, then try again."
	case http.StatusPreconditionRequired:
		return "Nothing was stored: the form does not say which version it was made from. Compare it with what is stored, then try again."
	case http.StatusInsufficientStorage:
		return "Nothing was stored: the disk of the server is full. What you typed is still here."
	default:
		return "Nothing was stored: the server cannot at this moment. What you typed is still here; try again shortly."
	}
}

// InFormOrder returns the complaints of an error in the order in which the fields stand in their form.
func InFormOrder(err error, fields ...string) templates.FormErrors {
	list, _ := Complaints(err)
	slices.SortStableFunc(list, func(a, b templates.FieldError) int {
		return cmp.Compare(slices.Index(fields, a.Field), slices.Index(fields, b.Field))
	})
	return list
}

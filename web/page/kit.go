// Package page is what every room of the web needs: who asks, what the address names, the frame around a page, forms
// and the versions they saw, refusals and failures, downloads, and limits by rate. It knows no room.
package page

import (
	"log/slog"
	"net/http"
	"time"

	"plumbline/static"
)

// Options are what the rooms have in common. All fields are set, but for Host, Unlimited and Insecure.
type Options struct {
	Store       Store
	Logger      *slog.Logger
	Observer    Observer
	Clock       func() time.Time
	DefaultZone *time.Location // of times on pages, where a person has chosen none
	Host        string         // what the sign-in page calls this installation; empty for the request's host
	Insecure    bool           // plain http on the loopback address
	Unlimited   bool           // nothing is limited by rate
}

// Problems answers programs that were refused something.
type Problems interface {
	// WriteError answers a request with the error of a handler.
	WriteError(w http.ResponseWriter, r *http.Request, err error)
	// WriteRefusal answers a request with a status and why.
	WriteRefusal(w http.ResponseWriter, r *http.Request, status int, why string)
}

// Kit is embedded in the handlers of each room.
type Kit struct {
	Options
	Limits   limits
	Problems Problems // set before the first request
	Files    *static.Files
	zones    zones
}

// NewKit returns the kit of one application.
func NewKit(o Options) (*Kit, error) {
	files, err := static.Load()
	if err != nil {
		return nil, err
	}
	return &Kit{Options: o, Limits: newLimits(o.Unlimited), Files: files}, nil
}

// Package page is what every room of the web needs: who asks, what the address names, the frame around a page, forms
// and the versions they saw, refusals and failures, downloads, and limits by rate. It knows no room.
package page

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/static"
	"plumbline/templates"
	"plumbline/web/typed"
)

// Options are what the rooms have in common. All fields are set, but for Host, Unlimited, PlainHTTP and Insecure.
type Options struct {
	Store       Store
	Logger      *slog.Logger
	Observer    Observer
	Clock       func() time.Time
	DefaultZone *time.Location // of times on pages, where a person has chosen none
	Host        string         // what the sign-in page calls this installation; empty for the request's host
	SecretKey   []byte         // seals cookies, and makes the secrets that are shown once; at least 32 bytes
	Insecure    bool           // plain http on the loopback address
	PlainHTTP   bool           // people reach the server over http as far as it knows, so that no session lasts
	Unlimited   bool           // nothing is limited by rate
}

// Kit is embedded in the handlers of each room.
type Kit struct {
	Options
	reader
	*calendar
	*notices
	Files    *static.Files
	Problems Problems        // set before the first request
	Advice   func() []string // to administrators, about the server; set before the first request
	Identity Identity        // set before the first request
	Entrance Entrance        // set before the first request
	Typed    *typed.Keeper   // forms whose session had ended, until they are sent again
	Reports  Limiter         // of new reports, by person
	files    Limiter         // of files to read, by person
	changes  Limiter
	heavy    *heavyWork
	bodies   *bodies
}

// reader reads for pages what their addresses name, and what they list.
type reader struct{ store Store }

// Store is what every page asks of storage.
type Store interface {
	AssessmentCount(ctx context.Context, workload string) (int, error)
	Current(ctx context.Context, id string) (*assessment.Current, error)
	Library(ctx context.Context) ([]assessment.LibraryEntry, error)
	Report(ctx context.Context, id string) (assessment.ReportInfo, error)
	ReportDocument(ctx context.Context, info assessment.ReportInfo) io.ReadSeeker
	Snapshot(ctx context.Context, id string) (assessment.SnapshotInfo, []byte, error)
	SnapshotDocument(ctx context.Context, info assessment.SnapshotInfo) io.ReadSeeker
	SnapshotInfo(ctx context.Context, id string) (assessment.SnapshotInfo, error)
	Snapshots(ctx context.Context, id string) ([]assessment.SnapshotInfo, error)
	Team(ctx context.Context, id string) (access.Team, error)
	Teams(ctx context.Context) ([]access.Team, error)
	Workload(ctx context.Context, id string) (assessment.Workload, error)
}

// Identity asks those who are signed in again who they are, before what could be done to lock them out or in their name.
type Identity interface {
	// Confirm returns what is wrong, on the field password, unless the person behind a form has shown who they are.
	Confirm(r *http.Request) (*templates.FieldError, error)
	// Confirmation returns how a form on a page of this address asks for it.
	Confirmation(r *http.Request, back string) templates.Confirmation
}

// NewKit returns the kit of one application.
func NewKit(o Options) (*Kit, error) {
	files, err := static.Load()
	if err != nil {
		return nil, err
	}
	return &Kit{Options: o, reader: reader{o.Store}, calendar: &calendar{clock: o.Clock, local: o.DefaultZone}, notices: newNotices(o),
		Advice: func() []string { return nil }, Files: files, Typed: typed.NewKeeper(o.Clock), Reports: o.PerMinute(ReportsPerUser),
		files: o.PerMinute(filesPerUser), changes: o.PerMinute(changesPerUser), heavy: newHeavyWork(), bodies: newBodies()}, nil
}

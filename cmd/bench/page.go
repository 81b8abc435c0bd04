package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
)

const readers = 64

// reading returns people who read the page of a principle again and again.
func (i *installation) reading() []caller {
	return slices.Repeat([]caller{asking(get(i.page, i.People[0].Cookie))}, readers)
}

// measurePage compares the page of a principle with a page of the same bytes that needs no session and no database.
func measurePage(ctx context.Context, p plan, folder string) (_ []measure, err error) {
	i, err := install(ctx, filepath.Join(folder, "page"), 1)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, i.store.Close()) }()
	app, err := application(ctx, i)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, app.close()) }()
	body, err := i.visit(app.address, 0).Page(ctx, i.page)
	if err != nil {
		return nil, err
	}
	copied := newBarePage(body, i)
	bare, err := serve(ctx, copied.router())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, bare.close()) }()
	if again, err := i.visit(bare.address, 0).Page(ctx, i.page); err != nil || again != body {
		return nil, errors.Join(err, errors.New("the bare page is not the page"))
	}
	callers := i.reading()
	loads := make([]*load, 2)
	for n, address := range []string{bare.address, app.address} {
		if loads[n], err = connect(ctx, address, callers); err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, loads[n].close()) }()
	}
	paces, err := compared(p, loads[0].run, loads[1].run)
	if err != nil {
		return nil, err
	}
	return []measure{
		figure("bare page", paces[0].perSecond, "/s", fmt.Sprintf("chi and a templ component that writes the same %d bytes: %d pieces, of which %d hold texts or ids of the questionnaire and are escaped at each request as generated code does it; no session, no database; %d connections; %.0f µs of processor time each, client included", len(body), len(copied.pieces), copied.dynamic(), readers, paces[0].processor)),
		atLeast("principle page", paces[1].times(paces[0]), 0.6, ratio, fmt.Sprintf("the page of a principle with %d practices, all answered (%s), session checked, request logged; %d connections, against the bare page; %.0f/s, %.0f µs of processor time each", practicesOf(i.principle), i.principle.ID, readers, paces[1].perSecond, paces[1].processor)),
	}, nil
}

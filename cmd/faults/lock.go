package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// holdLock takes the write lock of the database away from a running server.
func holdLock(ctx context.Context, l *lab) (_ finding, err error) {
	folder, err := l.data()
	if err != nil {
		return finding{}, err
	}
	s, err := l.start(ctx, folder)
	if err != nil {
		return finding{}, err
	}
	defer func() { err = errors.Join(err, s.kill()) }()
	db, err := database(folder)
	if err != nil {
		return finding{}, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	lock, err := db.BeginTx(ctx, nil)
	if err != nil {
		return finding{}, err
	}
	t := &typist{server: s, example: l.example, practice: l.example.practices[0]}
	start := time.Now()
	kept, err := t.savePlainly(ctx)
	if err != nil {
		return finding{}, errors.Join(err, lock.Rollback())
	}
	took := time.Since(start)
	looking := s.look(ctx, l.example)
	if err := errors.Join(looking, lock.Rollback()); err != nil {
		return finding{}, err
	}
	again, err := kept.sendAgain(ctx, t)
	if err != nil {
		return finding{}, err
	}
	figure := fmt.Sprintf("%d after %s with what was typed, pages 200; sent again: %d", kept.status, seconds(took), again)
	onTime := took > 4*time.Second && took < 7*time.Second
	return finding{figure: figure, met: kept.status == http.StatusServiceUnavailable && onTime && again == http.StatusSeeOther}, nil
}

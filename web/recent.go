package web

import (
	"container/list"
	"sync"
)

// recent keeps the values that were used last, up to a limit.
type recent[K comparable, V any] struct {
	limit int

	mu    sync.Mutex
	byKey map[K]*list.Element
	order list.List // of kept[K, V], the one used last at the front
}

type kept[K comparable, V any] struct {
	key   K
	value V
}

func newRecent[K comparable, V any](limit int) *recent[K, V] {
	return &recent[K, V]{limit: limit, byKey: map[K]*list.Element{}}
}

// find returns the value of a key, where it is kept.
func (r *recent[K, V]) find(key K) (value V, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	element, ok := r.byKey[key]
	if !ok {
		return value, false
	}
	r.order.MoveToFront(element)
	return element.Value.(kept[K, V]).value, true
}

// keep puts a value in the place of the one that has not been used for longest.
func (r *recent[K, V]) keep(key K, value V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if element, ok := r.byKey[key]; ok {
		element.Value = kept[K, V]{key, value}
		return
	}
	r.byKey[key] = r.order.PushFront(kept[K, V]{key, value})
	if r.order.Len() > r.limit {
		oldest := r.order.Back()
		delete(r.byKey, r.order.Remove(oldest).(kept[K, V]).key)
	}
}

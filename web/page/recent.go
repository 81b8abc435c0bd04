package page

import (
	"container/list"
	"sync"
)

// Recent keeps the values that were used last, up to a limit.
type Recent[K comparable, V any] struct {
	limit int

	mu    sync.Mutex
	byKey map[K]*list.Element
	order list.List // of kept[K, V], the one used last at the front
}

type kept[K comparable, V any] struct {
	key   K
	value V
}

func NewRecent[K comparable, V any](limit int) *Recent[K, V] {
	return &Recent[K, V]{limit: limit, byKey: map[K]*list.Element{}}
}

// Find returns the value of a key, where it is kept.
func (r *Recent[K, V]) Find(key K) (value V, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	element, ok := r.byKey[key]
	if !ok {
		return value, false
	}
	r.order.MoveToFront(element)
	return element.Value.(kept[K, V]).value, true
}

// Keep puts a value in the place of the one that has not been used for longest.
func (r *Recent[K, V]) Keep(key K, value V) {
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

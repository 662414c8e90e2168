package parsers

import "sync"

// memo remembers the results of functions by a key. The zero memo is empty. It is safe for concurrent use.
type memo[K comparable, V any] struct {
	mu sync.Mutex
	of map[K]func() V
}

// get returns the result for a key: that of the function in its first call. Later calls wait for it.
func (m *memo[K, V]) get(k K, result func() V) V {
	m.mu.Lock()
	of := m.of[k]
	if of == nil {
		if m.of == nil {
			m.of = map[K]func() V{}
		}
		of = sync.OnceValue(result)
		m.of[k] = of
	}
	m.mu.Unlock()
	return of()
}

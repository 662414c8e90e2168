package policy

import (
	"encoding/json"
	"maps"
	"strings"
)

func unmarshalJSON(text string, into any) error {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	return decoder.Decode(into)
}

// Data returns the data of the rules, for tests.
func (s *Set) Data() map[string]any {
	data, err := s.data()
	if err != nil {
		return map[string]any{} // unreachable: a test reads the data
	}
	return maps.Clone(data)
}

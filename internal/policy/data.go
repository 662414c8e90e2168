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

// Data returns what rules see as data, for those who test rules.
func (s *Set) Data() map[string]any {
	data, err := s.data()
	if err != nil {
		return map[string]any{} // a test reads them
	}
	return maps.Clone(data)
}

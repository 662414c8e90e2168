package terraform

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// maxInstances is how many instances of one block are looked at.
const maxInstances = 10_000

// key is what tells the instances of a block apart.
type key struct {
	value   cty.Value // number or string; cty.NilVal: the block has one instance without a key
	each    cty.Value // each.value
	unknown string    // why its existence or number is unknown; empty: it exists once
}

// suffix is the key as it stands in an address.
func (k key) suffix() string {
	switch {
	case k.value == cty.NilVal || k.unknown != "":
		return ""
	case k.value.Type() == cty.String:
		return fmt.Sprintf("[%q]", k.value.AsString())
	}
	return "[" + k.value.AsBigFloat().Text('f', 0) + "]"
}

// in returns the scope of the instance.
func (k key) in(m *instance, of expansion) scope {
	s := scope{instance: m}
	switch {
	case k.value == cty.NilVal:
		return s
	case of.isCount:
		return s.with("count", cty.ObjectVal(map[string]cty.Value{"index": k.value}))
	}
	return s.over("each", cty.ObjectVal(map[string]cty.Value{"key": k.value, "value": k.each}), origin{in: scope{instance: m}, collection: of.forEach, key: k.value, sets: of.sets})
}

// expansion are the instances of a block.
type expansion struct {
	keys     []key
	isCount  bool // count, not for_each
	repeated bool // count or for_each is there
	forEach  hcl.Expression
	sets     *setMemo // of forEach
}

// expand evaluates count or for_each. An unknown number is one instance that may exist.
func (s scope) expand(b *block) expansion {
	if a := b.body.get("count"); a != nil {
		return expansion{keys: s.counted(b, s.branchValue(a.expr)), isCount: true, repeated: true}
	}
	if a := b.body.get("for_each"); a != nil {
		return expansion{keys: addressable(s.forEach(b.header, s.branchValue(a.expr))), repeated: true, forEach: a.expr, sets: &setMemo{}}
	}
	return expansion{keys: s.enabled(b)}
}

// enabled is the only instance of a block, or none where the argument enabled of its lifecycle is false
// (https://opentofu.org/docs/language/meta-arguments/enabled/, OpenTofu 1.11).
func (s scope) enabled(b *block) []key {
	a := b.body.lifecycle("enabled")
	if a == nil {
		return []key{{value: cty.NilVal}}
	}
	bare, marks := s.value(a.expr).UnmarkDeep()
	if outcome, ok := s.decide(a.expr, 0); ok {
		bare = cty.BoolVal(outcome)
	}
	switch {
	case !bare.IsKnown() || bare.IsNull() || bare.Type() != cty.Bool:
		return []key{{value: cty.NilVal, unknown: whyUnknown(marks, "lifecycle.enabled is unknown")}}
	case bare.False():
		return nil
	}
	return []key{{value: cty.NilVal}}
}

// lifecycle returns an argument of the lifecycle block, in either syntax; nil: it is not set.
func (b *body) lifecycle(name string) *attribute {
	for _, nested := range b.blocks {
		if nested.kind == "lifecycle" {
			return nested.body.get(name)
		}
	}
	a := b.get("lifecycle")
	if a == nil {
		return nil
	}
	for _, object := range objects(a.expr) {
		for _, argument := range object {
			if argument.name == name {
				return argument
			}
		}
	}
	return nil
}

// addressable makes every key a string, as the keys of for_each in addresses are. Terraform refuses lists and sets of
// other types; their elements, if they have a text, count as the keys that were meant.
func addressable(keys []key) []key {
	for i, k := range keys {
		if k.unknown != "" {
			continue
		}
		meant := k.value
		if each, _ := k.each.Unmark(); k.value.Type() == cty.Number && isKnownString(each) {
			meant = each // an element of a list
		}
		text, err := convert.Convert(meant, cty.String)
		if err != nil || !isKnownString(text) {
			keys[i].value, keys[i].unknown = cty.UnknownVal(cty.String), "a key of for_each is not a string"
			continue
		}
		keys[i].value = text
	}
	return keys
}

// byKey returns the values of the instances of a block as references see them: a tuple with count, an object with
// for_each. Instances without a known key are left out.
func (of expansion) byKey(value func(i int, k key) cty.Value) cty.Value {
	list := make([]cty.Value, 0, len(of.keys))
	elements := map[string]cty.Value{}
	for i, k := range of.keys {
		switch {
		case of.isCount:
			list = append(list, value(i, k))
		case k.unknown == "":
			elements[k.value.AsString()] = value(i, k)
		}
	}
	if of.isCount {
		return cty.TupleVal(list)
	}
	return cty.ObjectVal(elements)
}

func (s scope) counted(b *block, count cty.Value) []key {
	bare, marks := count.UnmarkDeep()
	number, ok := numberOf(bare)
	if !ok {
		why := whyUnknown(marks, "count is unknown")
		return []key{{value: cty.UnknownVal(cty.Number).Mark(causeMark{why}), unknown: why}}
	}
	n, _ := number.AsBigFloat().Int64()
	if n > maxInstances {
		s.problem(b.header, "count is %d; only the first %d instances are checked", n, maxInstances)
		n = maxInstances
	}
	var keys []key
	for i := range n {
		keys = append(keys, key{value: cty.NumberIntVal(i)})
	}
	return keys
}

func numberOf(v cty.Value) (cty.Value, bool) {
	if !v.IsKnown() || v.IsNull() {
		return v, false
	}
	switch v.Type() {
	case cty.Number:
		return v, true
	case cty.String:
		n, err := cty.ParseNumberVal(v.AsString())
		return n, err == nil
	}
	return v, false
}

func (s scope) forEach(at source.Range, collection cty.Value) []key {
	// The elements keep their marks; only what decides the number of instances loses them.
	bare, marks := collection.Unmark()
	if _, secret := marks[sensitiveMark{}]; secret { // Terraform refuses it: the keys are in addresses
		why := "for_each is sensitive"
		return []key{{value: cty.UnknownVal(cty.String).Mark(causeMark{why}), each: unknown(why).WithMarks(refsOnly(marks)), unknown: why}}
	}
	if !bare.IsKnown() || bare.IsNull() || !bare.CanIterateElements() {
		why := whyUnknown(marks, "for_each is unknown")
		return []key{{
			value: cty.UnknownVal(cty.String).Mark(causeMark{why}), each: unknown(why).WithMarks(refsOnly(marks)), unknown: why,
		}}
	}
	var keys []key
	for it := bare.ElementIterator(); it.Next(); {
		if len(keys) == maxInstances {
			s.problem(at, "for_each has more than %d elements; only the first are checked", maxInstances)
			break
		}
		k, v := it.Element()
		k, _ = k.Unmark()
		if bare.Type().IsSetType() {
			v, _ = v.Unmark()
			k = v
		}
		if !k.IsKnown() {
			keys = append(keys, key{value: k, each: v, unknown: "the key is unknown"})
			continue
		}
		keys = append(keys, key{value: k, each: v.WithMarks(refsOnly(marks))})
	}
	return keys
}

// refsOnly keeps the marks that say where a value comes from.
func refsOnly(marks cty.ValueMarks) cty.ValueMarks {
	kept := cty.ValueMarks{}
	for mark := range marks { // any order: it fills a set
		switch mark.(type) {
		case refMark, sensitiveMark, argumentMark, parameterMark, sourceMark:
			kept[mark] = struct{}{}
		}
	}
	return kept
}

func whyUnknown(marks cty.ValueMarks, otherwise string) string {
	t := tree.Tree{State: tree.StateUnknown}
	describe(&t, marks)
	if t.Cause == "" {
		return otherwise
	}
	return t.Cause
}

// resource returns the value of a resource or data source as far as the references need it:
// attributes that are written have their values, all others are known after apply. Every value
// is marked with the address. skip is the number of steps that name the resource.
func (s scope) resource(name string, traversals []hcl.Traversal, skip int) cty.Value {
	b, ok := s.config.resources[name]
	if !ok {
		if !strings.Contains(name, "_") { // no type of a provider: a name that newer versions of Terraform bring
			return unknown(s.address + name + " is unknown")
		}
		return unknown(s.missing.Note(s.address+name, rangeOf(traversals[0].SourceRange())))
	}
	instances := s.instances(name, b)
	assumed, ok := s.assumedInstances(instances, traversals, skip, func(k key, wanted []string) cty.Value {
		return s.object(name, b, k, instances, wanted)
	})
	switch {
	case ok:
		return assumed
	case len(instances.keys) == 0 && !instances.repeated:
		return cty.NullVal(cty.DynamicPseudoType)
	case !instances.repeated && instances.keys[0].unknown != "":
		return s.afterApply(name, "").Mark(causeMark{instances.keys[0].unknown})
	case !instances.repeated:
		return s.object(name, b, instances.keys[0], instances, attributesOf(traversals, skip))
	}
	for _, k := range instances.keys {
		if k.unknown != "" {
			return s.afterApply(name, "").Mark(causeMark{k.unknown})
		}
	}
	wanted := attributesOf(traversals, skip+1)
	return instances.byKey(func(_ int, k key) cty.Value { return s.object(name, b, k, instances, wanted) })
}

// instances expands a block of the module once.
func (m *instance) instances(name string, b *block) expansion {
	var found expansion
	m.once("instances of "+name, b.header, func() cty.Value {
		found = scope{instance: m}.expand(b)
		m.expanded[name] = found
		return cty.True
	})
	if remembered, ok := m.expanded[name]; ok {
		return remembered
	}
	return expansion{keys: []key{{value: cty.NilVal, unknown: name + " depends on itself"}}, repeated: true}
}

// attributesOf returns the attributes that traversals ask for after skipping the steps to the
// instance, and nil when one asks for the whole.
func attributesOf(traversals []hcl.Traversal, skip int) []string {
	var names []string
	for _, traversal := range traversals {
		if len(traversal) <= skip {
			return nil
		}
		step, ok := traversal[skip].(hcl.TraverseAttr)
		if !ok {
			return nil
		}
		names = append(names, step.Name)
	}
	return names
}

// object is one instance with the wanted attributes; without a list of them the whole instance.
func (s scope) object(name string, b *block, k key, of expansion, wanted []string) cty.Value {
	if wanted == nil {
		return s.once(name+k.suffix()+" as a whole", b.header, func() cty.Value {
			return s.object(name, b, k, of, s.allAttributes(b))
		})
	}
	values := map[string]cty.Value{}
	for _, attribute := range wanted {
		values[attribute] = s.attribute(name, b, k, of, attribute)
	}
	return cty.ObjectVal(values).Mark(refMark{s.address + name + k.suffix()})
}

// allAttributes are those that are written in a block and those that any expression mentions:
// an attribute that an object does not have counts as an error, as in try().
func (s scope) allAttributes(b *block) []string {
	all := slices.AppendSeq([]string{}, maps.Keys(s.loader.names)) // not nil, which stands for all
	slices.Sort(all)
	for _, a := range b.body.attributes {
		if !isMeta(a.name) {
			all = append(all, a.name)
		}
	}
	return all
}

// attribute is an attribute of an instance, marked with what it is.
func (s scope) attribute(name string, b *block, k key, of expansion, attribute string) cty.Value {
	what := b.labels[0] + "." + attribute
	if b.kind == "data" {
		what = "data." + what
	}
	return s.unmarkedAttribute(name, b, k, of, attribute).Mark(sourceMark{what})
}

func (s scope) unmarkedAttribute(name string, b *block, k key, of expansion, attribute string) cty.Value {
	id := name + k.suffix()
	if same := b.equivalent(attribute); same != nil {
		value := s.once(id+"."+attribute, b.header, func() cty.Value { return k.in(s.instance, of).value(same) })
		return value.Mark(refMark{s.address + id})
	}
	if b.kind == "data" {
		if b.labels[0] == "aws_iam_policy_document" && (attribute == "json" || attribute == "minified_json") {
			docKey := s.address + id
			s.documents[docKey] = documentAt{block: b, scope: k.in(s.instance, of)}
			return cty.UnknownVal(cty.String).RefineNotNull().WithMarks(cty.NewValueMarks(
				documentMark{docKey}, causeMark{docKey + " is put together by its data source"}))
		}
		return s.readAtRun(name, b, k, of, attribute)
	}
	a := b.body.get(attribute)
	if a == nil || attribute == "id" || attribute == "arn" {
		return examples(s.afterApply(id, attribute), s.address+id+"."+attribute, computed(b.labels[0], attribute, s.nameOf(name, b, k, of))...)
	}
	value := s.once(id+"."+attribute, a.nameAt, func() cty.Value { return k.in(s.instance, of).value(a.expr) })
	if isNull(value) {
		return s.afterApply(id, attribute) // the provider may compute it
	}
	return value.Mark(refMark{s.address + id})
}

// readAtRun is an attribute of a data source: the ARN of a policy that its arguments name, else a value that Terraform
// reads when it runs.
func (s scope) readAtRun(name string, b *block, k key, of expansion, attribute string) cty.Value {
	id := name + k.suffix()
	called := s.nameOf(name, b, k, of)
	if value, ok := s.ofManagedPolicy(name, b, k, of, attribute, called); ok {
		return value
	}
	if value, ok := s.ofNeighbour(b, k, of, attribute, called); ok {
		return value
	}
	what, refs := s.address+id, s.found(id, b, called)
	argument := s.argumentOf(name, b, k, of, attribute)
	if attribute != "id" && !isMeta(attribute) && !isNull(argument) { // the provider passes it on as it is written, except an id
		return argument.WithMarks(refs)
	}
	value := unknown(what + " is read when Terraform runs").WithMarks(refs)
	if k.in(s.instance, of).findsOthers(b, attribute) {
		value = value.Mark(outsideMark{})
	}
	if b.body.get("registry_id") != nil {
		return value // the repository can be in another account
	}
	if example := rangesOf(b.labels[0], attribute); example != "" {
		return cty.ListVal([]cty.Value{examples(cty.UnknownVal(cty.String).WithMarks(value.Marks()), what+"."+attribute, example)})
	}
	if attribute == "repository_url" { // an unknown tag often follows
		value = cty.UnknownVal(cty.String).Refine().StringPrefixFull(exampleAccount + ".dkr.ecr.").NewValue().WithMarks(value.Marks())
	}
	return examples(value, what+"."+attribute, dataExamples(b.labels[0], attribute, called)...)
}

// found returns the marks of what a data source finds: itself, and the resource of another unit with the name.
func (s scope) found(id string, b *block, called string) cty.ValueMarks {
	marks := cty.NewValueMarks(refMark{s.address + id})
	if b.body.get("registry_id") != nil {
		return marks
	}
	for _, ref := range s.createdElsewhere(b, called) {
		marks[refMark{ref}] = struct{}{}
	}
	return marks
}

// ofManagedPolicy is the ARN of a managed policy that a data source finds, or the document of one of AWS.
func (s scope) ofManagedPolicy(name string, b *block, k key, of expansion, attribute, called string) (cty.Value, bool) {
	if b.labels[0] != "aws_iam_policy" {
		return cty.NilVal, false
	}
	id := name + k.suffix()
	switch attribute {
	case "arn":
		if arn, ok := s.policyARN(b, k, of, called); ok {
			return arn.Mark(refMark{s.address + id}), true
		}
	case "policy":
		if arn := s.plain(s.readAtRun(name, b, k, of, "arn"), b.header); isOfAWS(arn) {
			s.documents[s.address+id] = documentAt{read: managedDocument(arn, s.address+id+" is read when Terraform runs")}
			return unknown(s.address + id + " is read when Terraform runs").WithMarks(cty.NewValueMarks(documentMark{s.address + id}, refMark{s.address + id})), true
		}
	}
	return cty.NilVal, false
}

// rangesOf returns an example of the addresses of AWS that a data source lists, which are never all; empty: it lists none.
func rangesOf(kind, attribute string) string {
	switch kind + "." + attribute {
	case "aws_ip_ranges.cidr_blocks":
		return "192.0.2.0/24"
	case "aws_ip_ranges.ipv6_cidr_blocks":
		return "2001:db8::/32"
	}
	return ""
}

// policyARN returns the ARN of a managed policy that a data source names by it or by a name of AWS.
func (s scope) policyARN(b *block, k key, of expansion, name string) (cty.Value, bool) {
	if a := b.body.get("arn"); a != nil {
		if arn := k.in(s.instance, of).value(a.expr); !isNull(arn) {
			return arn, true
		}
	}
	arn, ok := managedPolicy(name)
	return cty.StringVal(arn), ok
}

// isAlwaysSet reports whether the provider gives an attribute of this name a text on every resource that has it. All
// others may be null.
func isAlwaysSet(attribute string) bool {
	return slices.Contains([]string{
		"id", "url", "version", "invoke_arn", "qualified_arn", "execution_arn", "unique_id", "dns_name", "key_id",
	}, attribute)
}

// afterApply is a value that the provider computes. An ARN is known to begin like one.
func (s scope) afterApply(id, attribute string) cty.Value {
	what := s.address + id
	if attribute != "" {
		what += "." + attribute
	}
	value := cty.DynamicVal
	switch {
	case attribute == "arn":
		value = cty.UnknownVal(cty.String).Refine().NotNull().StringPrefixFull("arn:").NewValue()
	case isAlwaysSet(attribute):
		value = cty.UnknownVal(cty.String).RefineNotNull()
	}
	return value.WithMarks(cty.NewValueMarks(causeMark{what + " is known after apply"}, refMark{s.address + id}))
}

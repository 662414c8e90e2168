# Helper of .ci/packages: loads a formula with the few methods of Homebrew that it uses, checks the digests of the archives in a
# directory, and installs the one for this system: FORMULA ARCHIVES PREFIX.
require "digest"
require "fileutils"

FORMULA, ARCHIVES, PREFIX = ARGV

class Target
  def initialize(*parts)
    @dir = File.join(PREFIX, *parts)
  end

  def install(*names)
    names.flatten.each do |name|
      from, to = name.is_a?(Hash) ? name.first : [name, File.basename(name)]
      FileUtils.mkdir_p(@dir)
      FileUtils.cp(from, File.join(@dir, to))
    end
  end
end

class Formula
  class << self
    attr_reader :archives

    %i[desc homepage version license].each { |name| define_method(name) { |value| (@fields ||= {})[name] = value } }
    %i[macos linux].each { |name| define_method("on_#{name}") { |&block| @system = name; instance_eval(&block) } }
    %i[arm intel].each { |name| define_method("on_#{name}") { |&block| @cpu = name; instance_eval(&block) } }

    def url(value)
      (@archives ||= {})[[@system, @cpu]] = [value]
    end

    def sha256(value)
      @archives[[@system, @cpu]] << value
    end

    def test; end

    def fields
      @fields
    end
  end

  { bin: "bin", man1: "share/man/man1", bash_completion: "etc/bash_completion.d", zsh_completion: "share/zsh/site-functions",
    fish_completion: "share/fish/vendor_completions.d" }.each { |name, dir| define_method(name) { Target.new(dir) } }
end

load File.expand_path(FORMULA)
desc = Lintel.fields[:desc]
abort "packages: the description is not one of Homebrew: #{desc}" if desc.length > 80 || desc =~ /\A(a|an|the) |\.\z/i || desc !~ /\A[A-Z]/
Lintel.archives.each_value do |url, sha256|
  name = File.join(ARCHIVES, File.basename(url))
  abort "packages: #{name} has another digest" unless Digest::SHA256.file(name).hexdigest == sha256
end
cpu = RUBY_PLATFORM.match?(/aarch64|arm64/) ? :arm : :intel
url, = Lintel.archives.fetch([:linux, cpu])
source = File.join(PREFIX, "source")
FileUtils.mkdir_p(source)
system("tar", "-xf", File.join(ARCHIVES, File.basename(url)), "-C", source, exception: true)
Dir.chdir(source) { Lintel.new.install }

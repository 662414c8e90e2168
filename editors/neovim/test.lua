-- Drives Neovim like a user who edits a template: opens it, checks the finding, chooses a code action,
-- saves. The configuration of docs/editors.md is loaded before as init.lua.
--
-- The environment names the list of cases (LINTEL_CASES, JSON) and the directory with their templates
-- (LINTEL_TEMPLATES). The working directory must be writable.

local patience = 20000 -- timeout of a wait in ms

local current = 'before the first case'

local function fail(...)
  io.stderr:write('neovim: ', current, ': ', string.format(...), '\n')
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    io.stderr:write(vim.api.nvim_buf_get_name(bufnr), ': ', vim.inspect(vim.diagnostic.get(bufnr)), '\n')
  end
  local log = io.open(vim.lsp.get_log_path())
  io.stderr:write('the log of the client:\n', log and log:read('*a') or 'there is none', '\n')
  vim.cmd('cquit 1')
end

local function await(what, condition)
  if not vim.wait(patience, condition, 5) then
    fail('timeout: %s', what)
  end
end

local function found(bufnr)
  return #vim.diagnostic.get(bufnr)
end

-- Opens a file and returns its buffer.
local function open(file)
  vim.cmd('silent edit ' .. file)
  return vim.api.nvim_get_current_buf()
end

-- Waits for the findings of the case and compares the text of the first one.
local function expect(bufnr, case)
  await('findings', function()
    return found(bufnr) > 0
  end)
  local all = vim.diagnostic.get(bufnr)
  table.sort(all, function(a, b)
    return a.lnum < b.lnum
  end)
  for _, it in ipairs(all) do
    if #all ~= (case.findings or 1) or it.code ~= case.rule or it.source ~= 'lintel' then
      fail('want %d of %s', case.findings or 1, case.rule)
    end
  end
  local it = all[1]
  local under = vim.api.nvim_buf_get_text(bufnr, it.lnum, it.col, it.end_lnum, it.end_col, {})
  if table.concat(under, '\n') ~= case.under then
    fail('%q is underlined, not %q', table.concat(under, '\n'), case.under)
  end
  return it
end

local function gone(bufnr, what)
  await(what, function()
    return found(bufnr) == 0
  end)
end

-- Chooses a code action like a user: the one with the title of the case, or the first one of its kind.
local function choose(case)
  local offered
  vim.ui.select = function(items, opts, done)
    offered = {}
    for _, item in ipairs(items) do
      local title = (opts.format_item or tostring)(item)
      table.insert(offered, title)
      if case.kind or title:find(case.action, 1, true) then
        return done(item)
      end
    end
    done(nil)
  end
  local tick = vim.b.changedtick
  local context = case.kind and { only = { case.kind }, diagnostics = {} } or nil
  vim.lsp.buf.code_action(vim.fn.has('nvim-0.8') == 1 and { context = context } or context)
  await('code actions', function()
    return offered ~= nil
  end)
  await(string.format('an edit by %q of %s', case.action or case.kind, vim.inspect(offered)), function()
    return vim.b.changedtick ~= tick
  end)
end

local function act(case)
  local bufnr = open(case.file)
  local it = expect(bufnr, case)
  vim.api.nvim_win_set_cursor(0, { it.lnum + 1, it.col })
  choose(case)
  vim.cmd('silent write')
  gone(bufnr, 'nothing to be found after the action')

  vim.cmd('silent undo')
  expect(bufnr, case)
  vim.cmd('silent redo')
  vim.cmd('silent write')
  gone(bufnr, 'nothing to be found after redo')
end

-- A finding in one file that another file causes.
local function edit_other(case)
  local bufnr = open(case.file)
  expect(bufnr, case)
  vim.cmd('split')
  local other = open(case.edit.file)
  vim.cmd(string.format('silent %%substitute/%s/%s/', case.edit.replace, case.edit.with))
  gone(bufnr, 'nothing to be found after the edit of the other file, which is not saved yet')
  vim.cmd('silent undo')
  expect(bufnr, case)
  vim.cmd('silent redo')
  vim.cmd('silent write')
  gone(bufnr, 'nothing to be found after the other file was saved')
  gone(other, 'nothing to be found in the other file') -- the server publishes one file after the other
end

-- Checks that the command line reports no findings in the saved files.
local function agree()
  local said = vim.fn.system({ 'lintel', 'check', '.' })
  if vim.v.shell_error ~= 0 then
    fail('lintel check reports for the saved files: %s', said)
  end
end

local function stop()
  local clients = vim.lsp.get_active_clients()
  if #clients ~= 1 then
    fail('%d servers were started', #clients)
  end
  vim.cmd('silent! %bwipeout!')
  clients[1].stop()
  await('the end of the server', function()
    return #vim.lsp.get_active_clients() == 0
  end)
end

local function run(case)
  current = case.name
  local folder = vim.fn.getcwd() .. '/' .. case.folder
  vim.fn.delete(folder, 'rf')
  vim.fn.system({ 'cp', '-r', vim.env.LINTEL_TEMPLATES .. '/' .. case.folder, folder })
  local back = vim.fn.getcwd()
  vim.cmd('cd ' .. folder)
  if case.edit then
    edit_other(case)
  else
    act(case)
  end
  agree()
  stop()
  vim.cmd('cd ' .. back)
  io.stdout:write('neovim: ', case.name, '\n')
end

local ok, err = xpcall(function()
  local file = assert(io.open(vim.env.LINTEL_CASES))
  local cases = vim.json.decode(file:read('*a'))
  file:close()
  assert(#cases > 0, 'there are no cases')
  for _, case in ipairs(cases) do
    run(case)
  end
end, debug.traceback)
if not ok then
  fail('%s', err)
end
vim.cmd('qall!')

namespace UniBench.Reports.Html;

/// <summary>
/// A click on a column's title sorts by it, a second click the other way round. Without scripts the tables are as written. A number is the
/// first in a cell, with its unit; a parameter may end in k, M or G; a ratio that is slower or worse counts as its inverse.
/// </summary>
internal static class TableSorting
{
    public const string Script = """
        const units = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 }, powers = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };
        function key(text) {
          const size = text.match(/^(\d+(?:\.\d+)?)([kmg])$/i);
          if (size) return Number(size[1]) * powers[size[2].toLowerCase()];
          const found = text.match(/^(?:\? |[^\s\d]+: )?(-?\d+(?:[.,]\d+)?)\s*(x|φορές|[KMG]?i?B\b)?/);
          if (!found) return null;
          const number = Number(found[1].replace(',', '.'));
          if (found[2] === 'x' || found[2] === 'φορές') return /slower|worse|βραδύτερο|χειρότερο/.test(text) ? 1 / number : number;
          return number * (units[found[2]] ?? 1);
        }
        function compare(a, b) {
          const x = key(a), y = key(b);
          if (x !== null && y !== null) return x - y;
          return x !== null ? -1 : y !== null ? 1 : a.localeCompare(b);
        }
        for (const table of document.querySelectorAll('table')) {
          table.querySelectorAll('thead th').forEach((th, column) => {
            const button = document.createElement('button');
            button.type = 'button';
            button.append(...th.childNodes);
            th.append(button);
            button.addEventListener('click', () => {
              const down = th.getAttribute('aria-sort') === 'ascending';
              table.querySelectorAll('th').forEach(other => other.removeAttribute('aria-sort'));
              th.setAttribute('aria-sort', down ? 'descending' : 'ascending');
              const text = row => row.cells[column].textContent.trim();
              const rows = [...table.tBodies[0].rows].sort((a, b) => compare(text(a), text(b)) * (down ? -1 : 1));
              table.tBodies[0].append(...rows);
            });
          });
        }
        """;
}

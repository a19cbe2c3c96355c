namespace UniBench.Reports.Latex;

/// <summary>preamble.tex: the packages and styles that the fragments need.</summary>
internal static class Preamble
{
    public const string FileName = "preamble.tex";

    public const string Text = """
        % \input this before \begin{document}.
        % Any engine for English; Greek, and any script beyond Latin, needs XeLaTeX or LuaLaTeX with a font that has it.
        \usepackage{iftex}
        \ifpdftex\usepackage[T1]{fontenc}\usepackage{textcomp}\fi
        \usepackage{array,booktabs,longtable,placeins}
        \usepackage{pgfplots}
        \usepgfplotslibrary{groupplots}
        \pgfplotsset{compat=1.16}
        % Where the figures find their data files: \renewcommand it before the first \input of a report in another directory.
        \providecommand{\ubDir}{.}
        % Stands before the names of labels: \renewcommand it, too, where a document has several reports.
        \providecommand{\ubPrefix}{}
        \ifpdftex\newcommand{\ubChar}[1]{[U+#1]}\else\newcommand{\ubChar}[1]{\char"#1\relax}\fi
        \pgfplotsset{
          ub base/.style={
            /pgf/number format/1000 sep={}, scaled ticks=false, tick label style={font=\footnotesize}, label style={font=\small},
            axis lines=left, axis line style={-}, tick align=outside, grid style={black!12},
          },
          ub axis/.style={
            ub base, width=0.96\linewidth, height=0.6\linewidth, ymajorgrids,
            legend style={at={(0.5,-0.22)}, anchor=north, legend columns=3, draw=none, font=\footnotesize, /tikz/every even column/.append style={column sep=1em}},
            legend cell align=left, ylabel style={align=center, text width=0.46\linewidth, execute at begin node={\hyphenpenalty=10000\relax}},
          },
          ub bars/.style={ub base, scale only axis, width=0.62\linewidth, xmajorgrids, y dir=reverse, ytick style={draw=none}, axis x line*=bottom},
          ub strips/.style={
            ub base, scale only axis, width=0.62\linewidth, height=0.9cm, ymin=0, ytick=\empty, axis y line=none, clip=false,
            group/vertical sep=2mm, group/x descriptions at=edge bottom, xmajorgrids,
            major tick length=0pt, minor tick length=0pt,
          },
          ub mark circle/.style={mark=*, mark options={solid}},
          ub mark square/.style={mark=square*, mark options={solid}},
          ub mark triangle/.style={mark=triangle*, mark options={solid}, mark size=2.6pt},
          ub mark diamond/.style={mark=diamond*, mark options={solid}, mark size=2.6pt},
          ub mark inverted/.style={mark=triangle*, mark options={solid, rotate=180}, mark size=2.6pt},
          ub mark cross/.style={mark=x, mark options={solid, thick}, mark size=3pt},
          ub same/.style={solid, thick},
          ub cross/.style={dashed, thick},
          ub free/.style={densely dotted, thick},
          ub interval/.style={error bars/.cd, y dir=both, y explicit, error bar style={solid, thin}},
          ub x interval/.style={error bars/.cd, x dir=both, x explicit, error bar style={solid, thick, black!45}},
          ub bar/.style={xbar, bar width=0.24cm, bar shift=0pt, fill, mark=none},
          ub dots/.style={only marks},
          ub strip/.style={ybar interval, fill, draw=none, mark=none},
        }
        \tikzset{ub peak/.style={anchor=west, font=\footnotesize, inner sep=3pt}, ub name/.style={anchor=east, font=\footnotesize, inner sep=3pt}}

        """;
}

"""Common given names, so that somebody who is not among the responders is still seen as a person. Names that are words, or
products people operate, are left out: "Will", "Mark", "Ruby", "Cassandra"."""

from __future__ import annotations

_NAMES = """
    Aaron Abdul Adam Adrian Agnes Ahmed Aino Akira Alan Albert Alejandro Alex Alexander Alexandra Alexei Ali Alice Alicia
    Alison Amanda Amir Amy Ana Anders Andrea Andreas Andrei Andrew Andy Angela Anita Anna Anne Anthony Antonio Anya Arjun
    Arthur Barbara Beatriz Ben Benjamin Bernard Beth Bob Boris Brandon Brenda Brian Bruno Camille Carl Carla Carlos Carmen
    Carol Caroline Catherine Cecilia Charles Charlie Charlotte Chen Chiara Chloe Chris Christian Christina Christine
    Christoph Christopher Cindy Claire Clara Craig Daniel Daniela Danny Dave David Deborah Deepak Denis Dennis Diana Diego
    Dieter Dimitri Dmitri Dmitry Dominic Don Donald Dorothy Doug Edward Elena Elizabeth Ella Ellen Emil Emily Emma Eric Erik
    Erika Erin Ethan Eva Evan Evelyn Fatima Felipe Felix Fernando Francesca Francesco Francois Frederik Gabriel Gary
    George Georgia Gerard Giovanni Giulia Gordon Greg Gregory Guillaume Gustav Hanna Hannah Hans Harry Heather Heidi Helen
    Helena Henrik Henry Hiroshi Howard Ian Igor Ines Ingrid Irina Isaac Isabel Isabella Ivan Jacob Jake James Jamie Jane
    Janet Jason Javier Jean Jeff Jeffrey Jennifer Jenny Jeremy Jerry Jessica Jill Jim Jimmy Joan Joanna Joe Joel Johan
    Johanna John Johnny Jonas Jonathan Jorge Jose Joseph Joshua Juan Judith Julie Justin Kaisa Karen Karim Karl Kate
    Katherine Kathleen Katie Keith Kelly Ken Kenji Kenneth Kevin Kim Klaus Kristin Kumar Kyle Lars Laura Lauren Lena Leo
    Leon Leonardo Linda Lisa Liu Louis Louise Luca Lucas Lucia Lucy Luis Luke Magnus Manuel Marco Marcus Margaret Maria
    Marie Mario Marta Martha Martin Mary Mateo Matt Matteo Matthew Matthias Maya Megan Mei Melissa Michael Michelle Miguel
    Mike Mikko Mohamed Mohammed Monica Muhammad Nadia Nancy Natalia Natalie Nathan Neil Nicholas Nick Nicolas Nicole Niels
    Nikita Nina Noah Nora Oleg Olga Olivia Omar Oscar Pablo Pamela Patricia Patrick Paul Paula Pavel Pedro Peter Phil
    Philip Pierre Pilar Priya Rachel Rafael Rahul Raj Ralph Ravi Raymond Rebecca Ricardo Richard Rita Robert Roberto Robin
    Roger Roland Ron Ronald Rosa Ross Ryan Sally Sam Samantha Samuel Sandra Sanjay Sara Sarah Scott Sean Sebastian Sergei
    Sergey Sergio Sharon Simon Sofia Sophia Sophie Stefan Stefanie Stephanie Stephen Steve Steven Stuart Sue Susan Suresh
    Susanna Suzanne Sven Sylvia Tanya Tatiana Ted Teresa Theo Theresa Thomas Tim Timo Timothy Tina Tobias Todd Tom Tomas
    Tony Tracy Ulrich Valentina Vera Veronica Vijay Viktor Vincent Vladimir Walter Wang Wei Wendy William Wolfgang Xavier
    Yan Yuki Yuri Yusuf Yvonne Zhang
"""
NAMES = frozenset(_NAMES.split())

# One part of a name that is also an ordinary word, a month, a place or a thing of this trade.
_WORDS_TOO = """
    admin agent alert alpha amber angel april area art august austin autumn baker bank bell berry beta bill black blue bond
    bot brook brown bush butler call canary carter case chance chase chef chip christian chuck clay client close code cook
    cooper core cross data day dash dean dev dock docker drew duke earl east echo elastic ember engineer eve faith field
    finch fisher flint flow ford forest forge fox frank freed frost gene glass good grace grant gray green guy hall harvest
    heath hill home hook hope house hunt hunter ice iris ivy jack java jet joy july june key king kit lake lance
    lane law lead light lily lock long love low major marc mark marsh mason master max may mercy merit miles miller mock
    moon node north null olive on-call oncall ops page paige park patience pearl penny person pierce pike pipe piper pool
    porter post price pride prime prod prometheus queen queue rail rain ray read reed reid rich river rob robin rock
    rod rose root ruby rule rust sage sand scarlet scout shell short silver skip sky small smart smith snow sol south spark
    spring staff star steel stone storm story strong summer sun support swift system tank team terra test trace turner user
    victor violet wade walker wall ward wave way web wells west white will wind winter wise wolf wood worker young
"""
WORDS_TOO = frozenset(_WORDS_TOO.split())

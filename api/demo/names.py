"""Names as on the door plates of a German hospital, by where families come from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Names of one origin; `share` is relative. `tongue_*`: the language spoken at home.

    Family names "Kowalski/Kowalska" have a form for men and one for women.
    """

    share: int
    tongue_de: str
    tongue_en: str
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]


def _origin(share: int, tongues: str, women: str, men: str, families: str) -> Origin:
    german, english = tongues.split("/")
    return Origin(
        share, german, english, tuple(women.split()), tuple(men.split()), tuple(families.split())
    )


ORIGINS = (
    _origin(
        545, "/",
        "Anna Lena Sophie Laura Julia Katrin Sabine Petra Monika Claudia Susanne Birgit Andrea Martina Heike Anja Tanja"
        " Silke Nicole Stefanie Melanie Sandra Christina Daniela Kerstin Ulrike Gabriele Marion Karin Renate Ute Antje"
        " Svenja Maike Wiebke Frauke Friederike Johanna Charlotte Paula Clara Greta Frieda Emma Mia Hannah Lisa Sarah"
        " Jana Franziska Theresa Magdalena Veronika Judith Miriam Carolin Isabell Verena Eva Nora Ines Doris Angelika"
        " Annegret Gudrun Henrike Rike Jule Merle Nele Ronja Tabea Leonie Vanessa Jennifer Katja Simone Bettina Barbara",
        "Thomas Michael Andreas Stefan Peter Klaus Jürgen Wolfgang Frank Uwe Bernd Matthias Martin Markus Christian"
        " Alexander Sebastian Daniel Tobias Florian Jan Lukas Jonas Felix Maximilian Paul Leon Finn Ben Moritz Jakob"
        " Philipp Simon David Julian Niklas Tim Fabian Benjamin Dennis Kevin Marcel René Sven Torsten Carsten Jörg Ralf"
        " Holger Dirk Olaf Rainer Manfred Helmut Günter Hartmut Volker Henning Hauke Malte Lasse Ole Arne Friedrich"
        " Konrad Anton Emil Oskar Theo Valentin Johannes Gregor Georg Ulrich Christoph Lorenz Till Veit Steffen Maik",
        "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf"
        " Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Werner Krause Lehmann Köhler Maier"
        " Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich"
        " Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter"
        " Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas Schreiber Graf"
        " Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer Lindner"
        " Riedel Ernst Hübner Seifert Nagel Eckert Ritter Barth Kaufmann Hesse Kirchner Wendt Petersen Hansen Jansen"
        " Thiele Oswald Brüning Harms Ahrens Behrens Lüdtke Plath Grothe Aschoff Rüdiger Tiedemann Kleinschmidt Wegener"
        " Burmeister Evers Freitag Gerlach Hinrichs Imhof Jacobi Kessler Lohse Mahnke Niemann Overbeck Paschke Quandt"
        " Rathmann Steinke Trautmann Uhlig Volkmann Wessel Zander Löffler Dörr Höfer Jürgens Käfer Münch Röder Süß Trübner",
    ),
    _origin(
        95, "Türkisch/Turkish",
        "Aylin Elif Zeynep Ayşe Fatma Emine Hatice Merve Büşra Esra Derya Sevgi Nur Selin Ebru Gülsüm Dilek Melek Yasemin"
        " Özlem Pınar Tuğba Songül Meryem",
        "Mehmet Mustafa Ahmet Emre Murat Yusuf Hakan Cem Deniz Kemal Serkan Burak Onur Tolga Volkan Orhan Ömer Kaan Umut"
        " Erkan Levent Sinan",
        "Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt"
        " Özkan Şimşek Polat Korkmaz Erdoğan Acar Güneş Aksoy Tekin Bulut Ünal Taş",
    ),
    _origin(
        70, "Polnisch/Polish",
        "Agnieszka Katarzyna Małgorzata Joanna Ewa Magdalena Monika Beata Aneta Dorota Justyna Kinga Zofia Aleksandra Iwona",
        "Tomasz Piotr Krzysztof Marcin Paweł Michał Grzegorz Łukasz Adam Jakub Wojciech Rafał Mateusz Dariusz Sławomir",
        "Nowak Kowalski/Kowalska Wiśniewski/Wiśniewska Wójcik Kowalczyk Kamiński/Kamińska Lewandowski/Lewandowska"
        " Zieliński/Zielińska Szymański/Szymańska Woźniak Dąbrowski/Dąbrowska Kozłowski/Kozłowska Mazur Krawczyk"
        " Piotrowski/Piotrowska Grabowski/Grabowska Zając Król Wieczorek Jabłoński/Jabłońska",
    ),
    _origin(
        60, "Arabisch/Arabic",
        "Fatima Layla Nour Mariam Amira Hanan Rania Samira Yasmin Dalia Salma Lina Huda Zainab Rasha Reem",
        "Ahmad Omar Khaled Hassan Ali Karim Bilal Samir Tarek Nabil Ibrahim Faris Ziad Anas Rami Farid",
        "Haddad Khalil Al-Masri Hamdan Nasser Saleh Darwish Khoury Mansour Aziz Barakat Qasem Shaheen Issa Younes"
        " Al-Hakim Zahran Sabbagh Halabi Kassab",
    ),
    _origin(
        50, "Ukrainisch/Ukrainian",
        "Oksana Olena Iryna Natalija Svitlana Halyna Tetjana Julija Mariia Daryna Ljudmyla Kateryna Sofija",
        "Andrij Oleksandr Serhij Volodymyr Mykola Dmytro Taras Bohdan Ihor Maksym Pavlo Roman",
        "Schewtschenko Kovalenko Bondarenko Tkatschenko Kravtschuk Melnyk Schewtschuk Polischtschuk Lysenko Moros Petrenko"
        " Rudenko Savtschenko Marchenko Hrytsenko",
    ),
    _origin(
        40, "Serbisch/Serbian",
        "Jelena Milica Ivana Dragana Marija Ana Snežana Vesna Jasna Maja Mirjana Sanja",
        "Nikola Marko Dragan Milan Ivan Goran Zoran Stefan Dejan Luka Vladimir Miloš",
        "Jovanović Petrović Nikolić Marković Đorđević Horvat Kovačević Babić Marić Novak Jurić Hodžić Begić Delić Pavlović",
    ),
    _origin(
        35, "Italienisch/Italian",
        "Giulia Chiara Francesca Alessia Valentina Federica Elisa Silvia Paola Lucia",
        "Luca Marco Andrea Matteo Alessandro Davide Simone Giovanni Fabio Salvatore",
        "Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Conti Moretti Caruso Ferrara Lombardi",
    ),
    _origin(
        30, "Portugiesisch/Portuguese",
        "Inês Mariana Beatriz Ana Catarina Joana Rita Sofia Carla Teresa",
        "João Miguel Tiago Pedro Rui Diogo Nuno Ricardo Bruno André",
        "Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Sousa Fernandes Cordeiro Gonçalves Almeida Ribeiro",
    ),
    _origin(
        35, "Hindi/Hindi",
        "Priya Anjali Divya Kavya Meera Lakshmi Sneha Asha Deepa Nisha Ritu Anitha Jincy Sheeba",
        "Arjun Rahul Vikram Sanjay Anil Rajesh Suresh Karthik Manoj Jobin Ravi Nikhil",
        "Raman Nair Sharma Patel Singh Kumar Menon Thomas Varghese Iyer Gupta Joseph Pillai Reddy Mathew Chacko",
    ),
    _origin(
        35, "Vietnamesisch/Vietnamese",
        "Linh Thu Mai Hoa Lan Huong Trang Ngoc Thao Phuong Hanh",
        "Minh Duc Tuan Hung Nam Long Quang Thanh Viet Khoa",
        "Nguyen Tran Le Pham Hoang Vu Dang Bui Do Ngo Duong",
    ),
    _origin(
        30, "Englisch/English",
        "Miriam Ngozi Chioma Adaeze Funmilayo Blessing Grace Esther Abena Akosua Wanjiru Amina",
        "Samuel Emeka Chidi Tunde Kwame Kofi Joseph Daniel Femi Ifeanyi Kamau Musa",
        "Okafor Adeyemi Okonkwo Eze Mbeki Mensah Owusu Boateng Nwosu Balogun Otieno Mwangi Afolabi Asante Ndlovu",
    ),
    _origin(
        35, "Rumänisch/Romanian",
        "Elena Ioana Andreea Cristina Mihaela Alina Raluca Simona Gabriela Roxana",
        "Andrei Ionuț Mihai Alexandru Cristian Bogdan Florin Radu Adrian Vlad",
        "Popescu Ionescu Popa Stan Dumitru Stoica Gheorghe Rusu Munteanu Marin Lazăr Constantinescu",
    ),
    _origin(
        15, "Griechisch/Greek",
        "Eleni Maria Katerina Sofia Dimitra Vasiliki",
        "Giorgos Nikos Kostas Dimitris Jannis Panagiotis",
        "Papadopoulos/Papadopoulou Dimitriou Nikolaidis/Nikolaidou Georgiou Vlachos/Vlachou Ioannidis/Ioannidou Karras/Karra",
    ),
    _origin(
        15, "Tagalog/Tagalog",
        "Maricel Jocelyn Cristina Rosalie Angela Liezl",
        "Jerome Mark Ramon Rodel Christian Jayson",
        "Reyes Cruz Bautista Garcia Mendoza Villanueva Ramos Aquino Castillo Dizon",
    ),
    _origin(
        20, "Spanisch/Spanish",
        "Carmen Lucía Marta Paula Elena Alba Nuria",
        "Javier Carlos Diego Pablo Álvaro Sergio Jorge",
        "García Fernández López Martínez Sánchez Pérez Gómez Ruiz Díaz Torres Navarro Ortega",
    ),
    _origin(
        20, "Persisch/Persian",
        "Shirin Parisa Maryam Nasrin Leila Mina",
        "Reza Amir Hossein Navid Kian Babak",
        "Ahmadi Rezaei Hosseini Karimi Mohammadi Moradi Rahimi Tehrani Farahani",
    ),
    _origin(
        20, "Schwedisch/Swedish",
        "Hanna Elin Astrid Maja Ingrid Freya Aino",
        "Erik Lars Nils Björn Mikkel Anders Eero",
        "Lindqvist Andersson Johansson Nilsson Jensen Christensen Hansen Larsen Virtanen Bergström",
    ),
)
SPARE_TONGUES_DE = ("Englisch", "Russisch", "Französisch", "Spanisch", "Polnisch")
SPARE_TONGUES_EN = ("English", "Russian", "French", "Spanish", "Polish")
